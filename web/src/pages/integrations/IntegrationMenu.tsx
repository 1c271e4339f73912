import { ActionIcon, Menu } from '@mantine/core';
import { Link } from '@tanstack/react-router';
import { MoreHorizontal, Pause, Pencil, Play, Send, Trash2 } from 'lucide-react';
import { useState } from 'react';
import { isActive, useSwitch } from './changes';
import { DeleteDialog } from './DeleteDialog';
import type { IntegrationView } from './standing';
import { TestDialog } from './TestDialog';

interface MenuProps {
  of: IntegrationView;
  /** After it was deleted. */
  gone?: () => unknown;
}

/** What can be done to one integration. */
export function IntegrationMenu({ of, gone }: MenuProps) {
  const turn = useSwitch();
  const [dialog, show] = useState<'test' | 'delete'>();
  const icon = { size: 15, 'aria-hidden': true };
  return (
    <>
      <Menu>
        <Menu.Target>
          <ActionIcon aria-label={`Actions for ${of.name}`}>
            <MoreHorizontal size={16} aria-hidden />
          </ActionIcon>
        </Menu.Target>
        <Menu.Dropdown>
          <Menu.Item leftSection={<Send {...icon} />} disabled={!isActive(of)} onClick={() => show('test')}>
            {isActive(of) ? 'Send test' : 'Send test (resume it first)'}
          </Menu.Item>
          <Menu.Item
            leftSection={<Pencil {...icon} />}
            component={Link}
            {...({ to: '/integrations/$id', params: { id: of.id }, search: { tab: 'settings' } } as object)}
          >
            Edit
          </Menu.Item>
          {isActive(of) ? (
            <Menu.Item leftSection={<Pause {...icon} />} onClick={() => turn.pause(of)}>
              Pause
            </Menu.Item>
          ) : (
            <Menu.Item leftSection={<Play {...icon} />} onClick={() => turn.resume(of)}>
              Resume
            </Menu.Item>
          )}
          <Menu.Divider />
          <Menu.Item color="red" leftSection={<Trash2 {...icon} />} onClick={() => show('delete')}>
            Delete…
          </Menu.Item>
        </Menu.Dropdown>
      </Menu>
      {dialog === 'test' && <TestDialog of={of} close={() => show(undefined)} />}
      {dialog === 'delete' && <DeleteDialog of={[of]} close={() => show(undefined)} done={gone} />}
    </>
  );
}
