import { Button, Modal, Select, TextInput } from '@mantine/core';
import { useForm } from '@mantine/form';
import { useNavigate } from '@tanstack/react-router';
import { query } from '../../../api/client';
import { useAddress } from '../../../parts/search';
import { Refusal } from '../../../parts/States';

const SCHEMA = 'https://schema.getpostman.com/json/collection/v2.1.0/collection.json';

/** Makes an empty collection and goes to it. */
export default function NewDialog({
  rooms,
  close,
}: {
  rooms: { id: string; name: string }[];
  close: () => void;
}) {
  const navigate = useNavigate();
  const [address] = useAddress();
  const create = query.useMutation('post', '/collections');
  const form = useForm({
    initialValues: { name: '', workspace: address['workspace'] ?? rooms[0]?.id ?? null },
    validate: {
      name: (name) =>
        name.trim() === '' ? 'A name' : [...name].length > 255 ? 'At most 255 characters' : null,
    },
  });
  const submit = form.onSubmit(({ name, workspace }) =>
    create.mutate(
      {
        params: { query: workspace ? { workspace } : {} },
        body: { collection: { info: { name: name.trim(), schema: SCHEMA }, item: [] } as never },
      },
      {
        onSuccess: ({ collection }) =>
          void navigate({ to: '/collections/$uid', params: { uid: collection.uid } as never }),
      },
    ),
  );
  return (
    <Modal opened onClose={close} title="New collection">
      <form onSubmit={submit} noValidate className="stack">
        <Refusal of={create} />
        <TextInput label="Name" data-autofocus autoComplete="off" {...form.getInputProps('name')} />
        {rooms.length > 1 && (
          <Select
            label="Workspace"
            data={rooms.map(({ id, name }) => ({ value: id, label: name }))}
            {...form.getInputProps('workspace')}
          />
        )}
        <div className="row">
          <Button className="push" variant="default" onClick={close}>
            Cancel
          </Button>
          <Button type="submit" loading={create.isPending}>
            Create
          </Button>
        </div>
      </form>
    </Modal>
  );
}
