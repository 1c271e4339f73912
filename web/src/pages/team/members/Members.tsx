import { ActionIcon } from '@mantine/core';
import { UserMinus } from 'lucide-react';
import { useState } from 'react';
import { query, type Shape } from '../../../api/client';
import { useMay, useSession } from '../../../api/session';
import { Loaded } from '../../../parts/States';
import { Sure } from '../../../parts/Sure';
import { ACTIONS, Table } from '../../../parts/Table';
import { When } from '../../../parts/When';
import { failed, told } from '../../../parts/notify';
import { Person } from '../Person';
import { RoleSelect } from '../RoleSelect';
import { highest, labelOf } from '../roles';

type Member = Shape['UserView'];

/** The people of the team, and what each may do. */
export function Members() {
  const isAdmin = useMay('admin');
  const asked = query.useQuery('get', '/users', {});
  const [leaving, leave] = useState<Member>();
  return (
    <div className="card">
      <Loaded what="the members" of={asked}>
        {({ data }) => (
          <Table
            label="Members"
            minWidth={isAdmin ? 620 : 520}
            columns={[
              { name: 'Name' },
              { name: 'Role', width: 170 },
              { name: 'Joined', width: 130 },
              isAdmin && ACTIONS,
            ]}
          >
            {data.toSorted(byName).map((member) => (
              <MemberRow key={member.id} member={member} isAdmin={isAdmin} leave={() => leave(member)} />
            ))}
          </Table>
        )}
      </Loaded>
      {leaving && <Leaving member={leaving} close={() => leave(undefined)} />}
    </div>
  );
}

const byName = (one: Member, other: Member) => one.name.localeCompare(other.name);

function MemberRow({ member, isAdmin, leave }: { member: Member; isAdmin: boolean; leave: () => void }) {
  const { user } = useSession();
  const isYou = member.id === user.id;
  const role = highest(member.roles);
  const patch = query.useMutation('patch', '/users/{id}');
  return (
    <tr>
      <td style={{ height: 52 }}>
        <Person name={member.name} sub={member.email} isYou={isYou} />
      </td>
      <td>
        {isAdmin && !isYou ? (
          <RoleSelect
            size="xs"
            w={120}
            aria-label={`Role of ${member.name}`}
            value={role}
            disabled={patch.isPending}
            onChange={(next) =>
              patch.mutate(
                { params: { path: { id: member.id } }, body: { user: { role: next } } },
                {
                  onSuccess: () => told(`${member.name} is ${labelOf(next).toLowerCase()} now`),
                  onError: (error) => failed('Could not change the role', error),
                },
              )
            }
          />
        ) : (
          <span style={{ paddingLeft: isAdmin ? 11 : 0 }}>{labelOf(role)}</span>
        )}
      </td>
      <td>
        <When at={member.joinedAt} />
      </td>
      {isAdmin && (
        <td className="end">
          {!isYou && (
            <ActionIcon
              aria-label={`Remove ${member.name} from the team`}
              title="Remove from the team"
              onClick={leave}
            >
              <UserMinus size={16} aria-hidden />
            </ActionIcon>
          )}
        </td>
      )}
    </tr>
  );
}

function Leaving({ member, close }: { member: Member; close: () => void }) {
  const remove = query.useMutation('delete', '/users/{id}');
  return (
    <Sure
      title={`Remove ${member.name} from the team?`}
      action="Remove"
      of={remove}
      confirm={() =>
        remove.mutate(
          { params: { path: { id: member.id } } },
          {
            onSuccess: () => {
              close();
              told(`${member.name} is out of the team`);
            },
          },
        )
      }
      close={close}
    >
      Keys and sessions of {member.email} open nothing from then on. What {member.name} made stays.
    </Sure>
  );
}
