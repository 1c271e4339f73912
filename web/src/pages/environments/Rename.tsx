import { Button, Modal, TextInput } from '@mantine/core';
import { useForm } from '@mantine/form';
import { query } from '../../api/client';
import { Refusal } from '../../parts/States';

interface RenameProps {
  environment: { uid: string; name: string };
  close: () => void;
}

export function Rename({ environment: { uid, name }, close }: RenameProps) {
  const patch = query.useMutation('patch', '/environments/{uid}');
  const form = useForm({ initialValues: { name }, validate: { name: needed } });
  const submit = form.onSubmit((values) =>
    patch.mutate(
      {
        params: { path: { uid } },
        body: [{ op: 'replace', path: '/name', value: values.name.trim() as never }],
      },
      { onSuccess: close },
    ),
  );
  return (
    <Modal opened onClose={close} title="Rename the environment">
      <form className="stack" noValidate onSubmit={submit}>
        <TextInput label="Name" data-autofocus maxLength={255} {...form.getInputProps('name')} />
        <Refusal of={patch} />
        <div className="row" style={{ justifyContent: 'flex-end' }}>
          <Button variant="default" onClick={close}>
            Cancel
          </Button>
          <Button type="submit" loading={patch.isPending}>
            Rename
          </Button>
        </div>
      </form>
    </Modal>
  );
}

export const needed = (text: string) => (text.trim() === '' ? 'Give it a name' : null);
