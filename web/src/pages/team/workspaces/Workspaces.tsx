import { Button } from '@mantine/core';
import { LockKeyhole, Plus, SquareStack, UsersRound } from 'lucide-react';
import { useState } from 'react';
import type { Shape } from '../../../api/client';
import { useMay } from '../../../api/session';
import { Empty, Loaded } from '../../../parts/States';
import { ACTIONS, Table } from '../../../parts/Table';
import { When } from '../../../parts/When';
import { usePeople, useWorkspaces } from '../../../parts/useTeam';
import styles from '../team.module.css';
import { WorkspaceForm } from './WorkspaceForm';
import { WorkspaceMenu } from './WorkspaceMenu';
import { kindOf } from './kinds';

/** Where the team works: open to all of it, or closed. */
export function Workspaces() {
  const canEdit = useMay('editor');
  const { asked } = useWorkspaces();
  const [isMaking, make] = useState(false);
  return (
    <>
      <div className={styles.head}>
        <p>
          Collections, environments and monitors lie in workspaces. What happens in a closed one is seen by
          its members and by admins alone.
        </p>
        {canEdit && (
          <Button leftSection={<Plus size={16} aria-hidden />} onClick={() => make(true)}>
            New workspace
          </Button>
        )}
      </div>
      <div className="card">
        <Loaded what="the workspaces" of={asked}>
          {({ workspaces }) =>
            workspaces.length === 0 ? (
              <Empty icon={SquareStack} title="No workspace is open to you">
                Ask an admin to let you into one.
              </Empty>
            ) : (
              <Table
                label="Workspaces"
                minWidth={640}
                columns={[
                  { name: 'Name' },
                  { name: 'Open to', width: 176 },
                  { name: 'Made by', width: 150 },
                  { name: 'Changed', width: 120 },
                  ACTIONS,
                ]}
              >
                {workspaces.map((it) => (
                  <WorkspaceRow key={it.id} workspace={it} />
                ))}
              </Table>
            )
          }
        </Loaded>
      </div>
      {isMaking && <WorkspaceForm close={() => make(false)} />}
    </>
  );
}

function WorkspaceRow({ workspace }: { workspace: Shape['WorkspaceSummary'] }) {
  const { nameOf } = usePeople();
  const { isClosed, label } = kindOf(workspace.type);
  return (
    <tr>
      <td style={{ height: 52 }}>
        <span className="row" style={{ gap: 12 }}>
          <span className="kind" aria-hidden>
            <SquareStack size={16} />
          </span>
          <span style={{ minWidth: 0, flex: 1 }}>
            <span className={`clip ${styles.name}`} style={{ display: 'block' }} title={workspace.name}>
              {workspace.name}
            </span>
            {workspace.about && (
              <span className="clip dimmed small" style={{ display: 'block' }} title={workspace.about}>
                {workspace.about}
              </span>
            )}
          </span>
        </span>
      </td>
      <td>
        <span className="row" style={{ gap: 6 }}>
          {isClosed ? <LockKeyhole size={14} aria-hidden /> : <UsersRound size={14} aria-hidden />}
          {isClosed ? `Members (${label.toLowerCase()})` : 'The team'}
        </span>
      </td>
      <td className="clip dimmed">{nameOf(workspace.createdBy) ?? '—'}</td>
      <td>
        <When at={workspace.updatedAt} />
      </td>
      <td className="end">
        <WorkspaceMenu workspace={workspace} />
      </td>
    </tr>
  );
}
