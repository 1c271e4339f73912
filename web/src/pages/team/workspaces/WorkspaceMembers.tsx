import { ActionIcon, Button, Modal, Select } from '@mantine/core';
import { X } from 'lucide-react';
import { useState } from 'react';
import { query, type Shape } from '../../../api/client';
import { useMay, useSession, type Role } from '../../../api/session';
import { Loaded, Refusal } from '../../../parts/States';
import { usePeople } from '../../../parts/useTeam';
import { Person } from '../Person';
import { RoleSelect } from '../RoleSelect';
import { labelOf, WORKSPACE_ROLES } from '../roles';
import styles from '../team.module.css';
import { kindOf } from './kinds';

interface MembersProps {
  workspace: Shape['WorkspaceSummary'];
  close: () => void;
}

/** Who is in a workspace, with which role; who may, lets others in and out. */
export function WorkspaceMembers({ workspace: { id, name, type }, close }: MembersProps) {
  const { user } = useSession();
  const isAdmin = useMay('admin');
  const { people, nameOf } = usePeople();
  const asked = query.useQuery('get', '/workspaces/{id}/roles', { params: { path: { id } } });
  const patch = query.useMutation('patch', '/workspaces/{id}/roles');
  const [person, choose] = useState<string | null>(null);
  const [role, give] = useState<Role>('editor');
  const members = membersOf(asked.data?.roles ?? []);
  const mayChange = isAdmin || members.some((it) => it.id === String(user.id) && it.role === 'admin');
  const others = people.filter((it) => !members.some((member) => member.id === String(it.id)));
  const step = (op: 'add' | 'remove', who: string, as: Role, onSuccess?: () => void) =>
    patch.mutate(
      {
        params: { path: { id } },
        body: { roles: [{ op, path: '/user', value: [{ id: who, role: WORKSPACE_ROLES[as] }] }] },
      },
      { onSuccess },
    );
  return (
    <Modal opened onClose={close} title={`Members of ${name}`} size="lg">
      <div className="stack">
        <div className="dimmed" style={{ fontSize: 13 }}>
          {kindOf(type).isClosed
            ? 'Only its members and the admins of the team may go in.'
            : 'It is open to the whole team; a role here is the most that a member may do in it.'}{' '}
          A role never gives more than the one in the team.
        </div>
        <Loaded what="the members" of={asked}>
          {() =>
            members.length === 0 ? (
              <div className="dimmed">Nobody has a role of their own here.</div>
            ) : (
              <ul className={styles.members} aria-label="Members">
                {members.map((member) => {
                  const label = nameOf(member.id) ?? member.id;
                  return (
                    <li key={member.id} className={styles.line}>
                      <div style={{ flex: 1, minWidth: 0 }}>
                        <Person name={label} isYou={member.id === String(user.id)} />
                      </div>
                      {mayChange ? (
                        <>
                          <RoleSelect
                            size="xs"
                            w={110}
                            aria-label={`Role of ${label}`}
                            value={member.role}
                            disabled={patch.isPending}
                            onChange={(next) => step('add', member.id, next)}
                          />
                          <ActionIcon
                            aria-label={`Take ${label} out`}
                            title="Take out"
                            disabled={patch.isPending}
                            onClick={() => step('remove', member.id, member.role)}
                          >
                            <X size={16} aria-hidden />
                          </ActionIcon>
                        </>
                      ) : (
                        <span className="dimmed">{labelOf(member.role)}</span>
                      )}
                    </li>
                  );
                })}
              </ul>
            )
          }
        </Loaded>
        <Refusal of={patch} />
        {mayChange && others.length > 0 && (
          <form
            className="row wrap"
            style={{ alignItems: 'flex-end' }}
            onSubmit={(event) => {
              event.preventDefault();
              if (person) step('add', person, role, () => choose(null));
            }}
          >
            <Select
              label="Let in"
              style={{ flex: '1 1 200px' }}
              placeholder="Somebody of the team"
              searchable
              data={others.map((it) => ({ value: String(it.id), label: it.name }))}
              value={person}
              onChange={choose}
            />
            <RoleSelect label="As" w={120} value={role} onChange={give} />
            <Button type="submit" variant="default" disabled={!person} loading={patch.isPending}>
              Add
            </Button>
          </form>
        )}
      </div>
    </Modal>
  );
}

/** Everybody with a role, by it. */
function membersOf(holders: Shape['RoleHolders'][]): { id: string; role: Role }[] {
  return holders.flatMap(({ id, user }) => {
    const found = Object.entries(WORKSPACE_ROLES).find(([, number]) => number === id);
    return user.map((person) => ({ id: person, role: (found?.[0] ?? 'viewer') as Role }));
  });
}
