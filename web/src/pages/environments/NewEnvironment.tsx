import { Button, Modal, Select, TextInput } from '@mantine/core';
import { useForm } from '@mantine/form';
import { useNavigate } from '@tanstack/react-router';
import { query } from '../../api/client';
import { Refusal } from '../../parts/States';
import { useWorkspaces } from '../../parts/useTeam';
import { needed } from './Rename';

export function NewEnvironment({ workspace, close }: { workspace: string | undefined; close: () => void }) {
  const { workspaces } = useWorkspaces();
  const navigate = useNavigate();
  const make = query.useMutation('post', '/environments');
  const form = useForm({
    initialValues: { name: '', workspace: workspace ?? workspaces[0]?.id ?? '' },
    validate: { name: needed },
  });
  const submit = form.onSubmit((wanted) =>
    make.mutate(
      {
        params: { query: wanted.workspace ? { workspace: wanted.workspace } : {} },
        body: { environment: { name: wanted.name.trim(), values: [] } },
      },
      {
        onSuccess: ({ environment }) =>
          void navigate({ to: '/environments/$uid', params: { uid: environment.uid } }),
      },
    ),
  );
  return (
    <Modal opened onClose={close} title="New environment">
      <form className="stack" noValidate onSubmit={submit}>
        <TextInput
          label="Name"
          placeholder="Staging"
          data-autofocus
          maxLength={255}
          {...form.getInputProps('name')}
        />
        {workspaces.length > 1 && (
          <Select
            label="Workspace"
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
            Create
          </Button>
        </div>
      </form>
    </Modal>
  );
}
