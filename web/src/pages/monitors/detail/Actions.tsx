import { ActionIcon, Button, Menu } from '@mantine/core';
import { Link } from '@tanstack/react-router';
import { Info, MoreHorizontal, Pause, Play, Settings2, Timer, Trash2 } from 'lucide-react';
import { useState } from 'react';
import { query, type Shape } from '../../../api/client';
import { useMay } from '../../../api/session';
import { failed, told } from '../../../parts/notify';
import { useRunNow } from '../data/useRunNow';
import { DeleteMonitor } from './DeleteMonitor';
import { Details } from './Details';

interface ActionsProps {
  monitor: Shape['MonitorView'];
  begun: (run: string) => void;
}

/** What can be done with a monitor. */
export function Actions({ monitor, begun }: ActionsProps) {
  const { uid, active } = monitor;
  const mayEdit = useMay('editor');
  const [opened, open] = useState<'details' | 'delete'>();
  const close = () => open(undefined);
  const change = query.useMutation('put', '/monitors/{uid}');
  const { run, isStarting } = useRunNow(uid);
  const turn = () =>
    change.mutate(
      { params: { path: { uid } }, body: { monitor: { active: !active } } },
      {
        onSuccess: () => told(active ? 'Paused. It still runs when somebody asks for it.' : 'Resumed.'),
        onError: (error) => failed(active ? 'Could not pause it' : 'Could not resume it', error),
      },
    );
  return (
    <>
      <ActionIcon variant="default" size={36} aria-label="Details" onClick={() => open('details')}>
        <Info size={16} aria-hidden />
      </ActionIcon>
      {mayEdit && (
        <>
          <Button
            variant="default"
            loading={change.isPending}
            leftSection={active ? <Pause size={15} aria-hidden /> : <Timer size={15} aria-hidden />}
            onClick={turn}
          >
            {active ? 'Pause' : 'Resume'}
          </Button>
          <Button
            variant="default"
            leftSection={<Settings2 size={15} aria-hidden />}
            renderRoot={(props) => <Link {...props} to="/monitors/$uid/edit" params={{ uid } as never} />}
          >
            Edit
          </Button>
          <Menu>
            <Menu.Target>
              <ActionIcon variant="default" size={36} aria-label="More">
                <MoreHorizontal size={16} aria-hidden />
              </ActionIcon>
            </Menu.Target>
            <Menu.Dropdown>
              <Menu.Item
                color="red"
                leftSection={<Trash2 size={14} aria-hidden />}
                onClick={() => open('delete')}
              >
                Delete monitor
              </Menu.Item>
            </Menu.Dropdown>
          </Menu>
          <Button
            leftSection={<Play size={15} aria-hidden />}
            loading={isStarting}
            onClick={() => run(begun)}
          >
            Run now
          </Button>
        </>
      )}
      {opened === 'details' && <Details monitor={monitor} close={close} />}
      {opened === 'delete' && <DeleteMonitor monitor={monitor} close={close} />}
    </>
  );
}
