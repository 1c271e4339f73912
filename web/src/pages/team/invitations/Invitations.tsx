import { ActionIcon, Button } from '@mantine/core';
import { Link2, Mail, Trash2, UserPlus } from 'lucide-react';
import { useState } from 'react';
import { query, type Shape } from '../../../api/client';
import { Empty, Loaded } from '../../../parts/States';
import { Sure } from '../../../parts/Sure';
import { ACTIONS, Table } from '../../../parts/Table';
import { When } from '../../../parts/When';
import { told } from '../../../parts/notify';
import { useAskedDialog } from '../../../parts/search';
import { usePeople } from '../../../parts/useTeam';
import { labelOf } from '../roles';
import styles from '../team.module.css';
import { Invite } from './Invite';

type Invitation = Shape['InvitationView'];

/** Who may come into the team, and hasn't yet. */
export function Invitations() {
  const asked = query.useQuery('get', '/invitations', {});
  const [isInviting, invite] = useState(false);
  useAskedDialog('invite', () => invite(true));
  const [revoked, revoke] = useState<Invitation>();
  const { nameOf } = usePeople();
  const button = (
    <Button leftSection={<UserPlus size={16} aria-hidden />} onClick={() => invite(true)}>
      Invite
    </Button>
  );
  return (
    <>
      <div className={styles.head}>
        <p>An invitation is a link. It lets one person in, within a week; Postern sends no mail.</p>
        {asked.data && asked.data.invitations.length > 0 && button}
      </div>
      <div className="card">
        <Loaded what="the invitations" of={asked}>
          {({ invitations }) =>
            invitations.length === 0 ? (
              <Empty icon={UserPlus} title="Nobody is invited" action={button}>
                Make a link, and give it to who shall come.
              </Empty>
            ) : (
              <Table
                label="Invitations"
                minWidth={620}
                columns={[
                  { name: 'For' },
                  { name: 'Role', width: 110 },
                  { name: 'Invited by', width: 160 },
                  { name: 'Ends', width: 120 },
                  ACTIONS,
                ]}
              >
                {invitations.map((it) => (
                  <tr key={it.id}>
                    <td>
                      <span className="row" style={{ gap: 12 }}>
                        <span className="kind" aria-hidden>
                          {it.email ? <Mail size={16} /> : <Link2 size={16} />}
                        </span>
                        <span className={`clip ${styles.name}`} title={it.email}>
                          {whom(it)}
                        </span>
                      </span>
                    </td>
                    <td>{labelOf(it.role)}</td>
                    <td className="clip dimmed">{nameOf(it.createdBy) ?? '—'}</td>
                    <td>
                      <When at={it.expiresAt} />
                    </td>
                    <td className="end">
                      <ActionIcon
                        aria-label={`Take back the invitation for ${whom(it).toLowerCase()}`}
                        title="Take back"
                        onClick={() => revoke(it)}
                      >
                        <Trash2 size={16} aria-hidden />
                      </ActionIcon>
                    </td>
                  </tr>
                ))}
              </Table>
            )
          }
        </Loaded>
      </div>
      {isInviting && <Invite close={() => invite(false)} />}
      {revoked && <Revoke invitation={revoked} close={() => revoke(undefined)} />}
    </>
  );
}

const whom = ({ email }: Invitation) => email || 'Whoever has the link';

function Revoke({ invitation, close }: { invitation: Invitation; close: () => void }) {
  const remove = query.useMutation('delete', '/invitations/{id}');
  return (
    <Sure
      title="Take back the invitation?"
      action="Take back"
      of={remove}
      confirm={() =>
        remove.mutate(
          { params: { path: { id: invitation.id } } },
          {
            onSuccess: () => {
              close();
              told('The link opens nothing any more');
            },
          },
        )
      }
      close={close}
    >
      The link for {invitation.email || 'whoever has it'} opens nothing from then on.
    </Sure>
  );
}
