import { ActionIcon, Menu } from '@mantine/core';
import { Link } from '@tanstack/react-router';
import { Braces, Ellipsis, Globe, Library, Pencil, Trash2, UsersRound } from 'lucide-react';
import { useState } from 'react';
import { query, type Shape } from '../../../api/client';
import { useMay } from '../../../api/session';
import { Sure } from '../../../parts/Sure';
import { told } from '../../../parts/notify';
import { many } from '../../../words/numbers';
import { WorkspaceForm } from './WorkspaceForm';
import { WorkspaceMembers } from './WorkspaceMembers';

/** What can be done with a workspace. */
export function WorkspaceMenu({ workspace }: { workspace: Shape['WorkspaceSummary'] }) {
  const { id, name } = workspace;
  const isAdmin = useMay('admin');
  const canEdit = useMay('editor');
  const [opened, open] = useState<'members' | 'edit' | 'delete'>();
  const close = () => open(undefined);
  return (
    <>
      <Menu width={210}>
        <Menu.Target>
          <ActionIcon aria-label={`Actions of ${name}`}>
            <Ellipsis size={16} aria-hidden />
          </ActionIcon>
        </Menu.Target>
        <Menu.Dropdown>
          <Menu.Item leftSection={<UsersRound size={15} />} onClick={() => open('members')}>
            Members
          </Menu.Item>
          <Menu.Item
            leftSection={<Library size={15} />}
            renderRoot={(props) => <Link to="/collections" search={{ workspace: id } as never} {...props} />}
          >
            Collections
          </Menu.Item>
          <Menu.Item
            leftSection={<Braces size={15} />}
            renderRoot={(props) => <Link to="/environments" search={{ workspace: id } as never} {...props} />}
          >
            Environments
          </Menu.Item>
          <Menu.Item
            leftSection={<Globe size={15} />}
            renderRoot={(props) => (
              <Link
                to="/environments/$uid"
                params={{ uid: 'globals' }}
                search={{ workspace: id } as never}
                {...props}
              />
            )}
          >
            Globals
          </Menu.Item>
          {canEdit && (
            <>
              <Menu.Divider />
              <Menu.Item leftSection={<Pencil size={15} />} onClick={() => open('edit')}>
                Edit
              </Menu.Item>
            </>
          )}
          {isAdmin && (
            <Menu.Item color="red" leftSection={<Trash2 size={15} />} onClick={() => open('delete')}>
              Delete
            </Menu.Item>
          )}
        </Menu.Dropdown>
      </Menu>
      {opened === 'members' && <WorkspaceMembers workspace={workspace} close={close} />}
      {opened === 'edit' && <WorkspaceForm workspace={workspace} close={close} />}
      {opened === 'delete' && <Delete workspace={workspace} close={close} />}
    </>
  );
}

function Delete({ workspace, close }: { workspace: Shape['WorkspaceSummary']; close: () => void }) {
  const { id, name } = workspace;
  const remove = query.useMutation('delete', '/workspaces/{id}');
  const path = { params: { path: { id } } };
  // What is gone is not asked for again.
  const asked = query.useQuery('get', '/workspaces/{id}', path, { enabled: remove.isIdle });
  const found = asked.data?.workspace;
  const lost = found && [
    many(found.collections.length, 'collection'),
    many(found.environments.length, 'environment'),
    many(found.monitors.length, 'monitor'),
  ];
  return (
    <Sure
      title={`Delete ${name}?`}
      action="Delete workspace"
      typed={name}
      of={remove}
      confirm={() =>
        remove.mutate(
          { params: { path: { id } } },
          {
            onSuccess: () => {
              close();
              told(`Deleted ${name}`);
            },
          },
        )
      }
      close={close}
    >
      {lost ? `${lost.slice(0, 2).join(', ')} and ${lost[2]} go` : 'All that lies in it goes'} with it.
      Deleted collections can be had back for some days; environments and monitors can't.
    </Sure>
  );
}
