import { ActionIcon, Tooltip } from '@mantine/core';
import { Clock, Trash2 } from 'lucide-react';
import { useState } from 'react';
import { query, type Shape } from '../../../api/client';
import { Sure } from '../../../parts/Sure';
import { ACTIONS, Table } from '../../../parts/Table';
import { useNow, When } from '../../../parts/When';
import { told } from '../../../parts/notify';
import { usePeople, useWorkspaces } from '../../../parts/useTeam';
import { many } from '../../../words/numbers';
import { labelOf } from '../roles';
import styles from '../team.module.css';

type Key = Shape['ApiKeyView'];

/** Keys by their first characters, with what each opens and when it last did. */
export function KeyTable({ keys, isAll }: { keys: Key[]; isAll: boolean }) {
  const [revoked, revoke] = useState<Key>();
  return (
    <>
      <Table
        label="API keys"
        minWidth={isAll ? 900 : 760}
        columns={[
          { name: 'Name' },
          isAll && { name: 'Of', width: 150 },
          { name: 'Role', width: 90 },
          { name: 'Opens', width: 140 },
          { name: 'Last used', width: 110 },
          { name: 'Ends', width: 110 },
          { name: 'Made', width: 110 },
          ACTIONS,
        ]}
      >
        {keys.map((key) => (
          <KeyRow key={key.id} of={key} isAll={isAll} revoke={() => revoke(key)} />
        ))}
      </Table>
      {revoked && <Revoke of={revoked} isAll={isAll} close={() => revoke(undefined)} />}
    </>
  );
}

function KeyRow({ of: key, isAll, revoke }: { of: Key; isAll: boolean; revoke: () => void }) {
  const now = useNow();
  const people = usePeople();
  const workspaces = useWorkspaces();
  const hasEnded = key.expiresAt ? Date.parse(key.expiresAt) < now : false;
  const names = key.workspaces.map((id) => workspaces.nameOf(id) ?? 'one that you may not see');
  return (
    <tr>
      <td style={{ height: 52 }}>
        <span className={`clip ${styles.name}`} style={{ display: 'block' }} title={key.name}>
          {key.name}
        </span>
        <span className="mono dimmed">{key.prefix}…</span>
      </td>
      {isAll && <td className="clip">{people.nameOf(key.user) ?? '—'}</td>}
      <td>{labelOf(key.role)}</td>
      <td>
        {names.length === 0 ? (
          <span className="dimmed">Everything</span>
        ) : (
          <Tooltip label={names.join(', ')} multiline maw={320}>
            <span className="clip" style={{ display: 'block' }}>
              {names.length === 1 ? names[0] : many(names.length, 'workspace')}
            </span>
          </Tooltip>
        )}
      </td>
      <td>{key.lastUsedAt ? <When at={key.lastUsedAt} /> : <span className="dimmed small">Never</span>}</td>
      <td>
        {hasEnded ? (
          <span className="pill tone-mute">
            <Clock size={13} aria-hidden /> Ended
          </span>
        ) : key.expiresAt ? (
          <When at={key.expiresAt} />
        ) : (
          <span className="dimmed small">Never</span>
        )}
      </td>
      <td>
        <When at={key.createdAt} />
      </td>
      <td className="end">
        <ActionIcon aria-label={`Revoke ${key.name}`} title="Revoke" onClick={revoke}>
          <Trash2 size={16} aria-hidden />
        </ActionIcon>
      </td>
    </tr>
  );
}

function Revoke({ of: { id, name, prefix }, isAll, close }: { of: Key; isAll: boolean; close: () => void }) {
  const own = query.useMutation('delete', '/me/api-keys/{id}');
  const any = query.useMutation('delete', '/api-keys/{id}');
  const remove = isAll ? any : own;
  return (
    <Sure
      title={`Revoke ${name}?`}
      action="Revoke key"
      of={remove}
      confirm={() =>
        remove.mutate(
          { params: { path: { id } } },
          {
            onSuccess: () => {
              close();
              told(`${name} opens nothing any more`);
            },
          },
        )
      }
      close={close}
    >
      What uses the key <span className="mono">{prefix}…</span> is refused from then on.
    </Sure>
  );
}
