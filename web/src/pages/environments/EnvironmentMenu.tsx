import { ActionIcon, Menu } from '@mantine/core';
import { useMutation } from '@tanstack/react-query';
import { useNavigate } from '@tanstack/react-router';
import { CopyPlus, Download, Ellipsis, GitFork, Trash2 } from 'lucide-react';
import { useState } from 'react';
import { api } from '../../api/client';
import { useMay } from '../../api/session';
import { save } from '../../parts/Body';
import { Sure } from '../../parts/Sure';
import { failed, told } from '../../parts/notify';
import { CopyDialog } from './CopyDialog';
import { fileOf } from './variables';

interface MenuProps {
  environment: { uid: string; name: string };
  /** Whether its own page shows it, which is left when it is deleted. */
  isOwnPage?: boolean;
}

/** What can be done with an environment as a whole. */
export function EnvironmentMenu({ environment, isOwnPage = false }: MenuProps) {
  const { uid, name } = environment;
  const canEdit = useMay('editor');
  const navigate = useNavigate();
  const [opened, open] = useState<'duplicate' | 'fork' | 'delete'>();
  const close = () => open(undefined);
  const remove = useMutation({
    mutationFn: async () => {
      await api.DELETE('/environments/{uid}', { params: { path: { uid } } });
      // Its own page is left before it asks for what is gone.
      if (isOwnPage) await navigate({ to: '/environments', ignoreBlocker: true });
    },
    onSuccess: () => {
      close();
      told(`Deleted ${name}`);
    },
  });
  const keep = async () => {
    try {
      const { data } = await api.GET('/environments/{uid}', { params: { path: { uid } } });
      const file = fileOf(data!.environment.name, data!.environment.values, 'environment');
      save(`${name}.postman_environment.json`, JSON.stringify(file, null, 2));
    } catch (error) {
      failed('Could not export', error);
    }
  };
  return (
    <>
      <Menu width={210}>
        <Menu.Target>
          <ActionIcon
            variant={isOwnPage ? 'default' : 'subtle'}
            size={isOwnPage ? 36 : 'md'}
            aria-label={`Actions of ${name}`}
          >
            <Ellipsis size={16} aria-hidden />
          </ActionIcon>
        </Menu.Target>
        <Menu.Dropdown>
          <Menu.Item leftSection={<Download size={15} />} onClick={() => void keep()}>
            Export as JSON
          </Menu.Item>
          {canEdit && (
            <>
              <Menu.Item leftSection={<CopyPlus size={15} />} onClick={() => open('duplicate')}>
                Duplicate
              </Menu.Item>
              <Menu.Item leftSection={<GitFork size={15} />} onClick={() => open('fork')}>
                Fork
              </Menu.Item>
              <Menu.Divider />
              <Menu.Item color="red" leftSection={<Trash2 size={15} />} onClick={() => open('delete')}>
                Delete
              </Menu.Item>
            </>
          )}
        </Menu.Dropdown>
      </Menu>
      {(opened === 'duplicate' || opened === 'fork') && (
        <CopyDialog environment={environment} how={opened} close={close} />
      )}
      {opened === 'delete' && (
        <Sure
          title={`Delete ${name}?`}
          action="Delete environment"
          of={remove}
          confirm={remove.mutate}
          close={close}
        >
          Its variables and their secrets are gone for good. Monitors that use it run without it.
        </Sure>
      )}
    </>
  );
}
