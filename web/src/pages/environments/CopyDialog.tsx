import { Button, Modal, Select, TextInput } from '@mantine/core';
import { useForm } from '@mantine/form';
import { useMutation } from '@tanstack/react-query';
import { useNavigate } from '@tanstack/react-router';
import { api } from '../../api/client';
import { Refusal } from '../../parts/States';
import { told } from '../../parts/notify';
import { useWorkspaces } from '../../parts/useTeam';
import { needed } from './Rename';
import { fileOf } from './variables';

interface CopyProps {
  environment: { uid: string; name: string };
  how: 'duplicate' | 'fork';
  close: () => void;
}

/** A second environment from this one: of its own, or one that keeps growing with it. */
export function CopyDialog({ environment: { uid, name }, how, close }: CopyProps) {
  const isFork = how === 'fork';
  const { workspaces } = useWorkspaces();
  const navigate = useNavigate();
  const form = useForm({
    initialValues: { name: isFork ? '' : `${name} copy`, workspace: '' },
    validate: { name: needed },
  });
  const make = useMutation({
    mutationFn: async (wanted: { name: string; workspace: string }) => {
      const query = wanted.workspace ? { workspace: wanted.workspace } : {};
      if (isFork) {
        const path = { uid };
        const body = { forkName: wanted.name };
        return (await api.POST('/environments/{uid}/forks', { params: { path, query }, body })).data!;
      }
      const { data } = await api.GET('/environments/{uid}', { params: { path: { uid } } });
      const { values } = fileOf(wanted.name, data!.environment.values, 'environment');
      const body = { environment: { name: wanted.name, values } };
      return (await api.POST('/environments', { params: { query }, body })).data!;
    },
    onSuccess: ({ environment }) => {
      close();
      told(isFork ? `Forked ${name}` : `Duplicated ${name}`);
      void navigate({ to: '/environments/$uid', params: { uid: environment.uid } });
    },
  });
  return (
    <Modal opened onClose={close} title={isFork ? `Fork ${name}` : `Duplicate ${name}`}>
      <form className="stack" noValidate onSubmit={form.onSubmit((wanted) => make.mutate(wanted))}>
        <div className="dimmed" style={{ fontSize: 13 }}>
          {isFork
            ? 'A fork has its secrets too, takes what is new here, and can be merged back.'
            : 'The values of secrets stay here: write them anew in the copy, or make a fork to take them along.'}
        </div>
        <TextInput
          label={isFork ? 'Label of the fork' : 'Name'}
          data-autofocus
          maxLength={255}
          {...form.getInputProps('name')}
        />
        {workspaces.length > 1 && (
          <Select
            label="Workspace"
            placeholder="The usual one"
            data={workspaces.map((it) => ({ value: it.id, label: it.name }))}
            {...form.getInputProps('workspace')}
          />
        )}
        <Refusal of={make} />
        <div className="row" style={{ justifyContent: 'flex-end' }}>
          <Button variant="default" onClick={close}>
            Cancel
          </Button>
          <Button type="submit" loading={make.isPending}>
            {isFork ? 'Fork' : 'Duplicate'}
          </Button>
        </div>
      </form>
    </Modal>
  );
}
