import { Button, Modal, Radio, TextInput } from '@mantine/core';
import { useForm } from '@mantine/form';
import { query, type Shape } from '../../../api/client';
import { Refusal } from '../../../parts/States';
import { told } from '../../../parts/notify';
import { KINDS } from './kinds';

interface FormProps {
  /** The one that is changed; without it, a new one is made. */
  workspace?: Shape['WorkspaceSummary'];
  close: () => void;
}

export function WorkspaceForm({ workspace, close }: FormProps) {
  const make = query.useMutation('post', '/workspaces');
  const put = query.useMutation('put', '/workspaces/{id}');
  const form = useForm({
    initialValues: {
      name: workspace?.name ?? '',
      description: workspace?.about ?? '',
      type: workspace?.type ?? 'team',
    },
    validate: { name: (text) => (text.trim() === '' ? 'Give it a name' : null) },
  });
  const done = (words: string) => ({
    onSuccess: () => {
      close();
      told(words);
    },
  });
  const submit = form.onSubmit(({ name, description, type }) => {
    const body = { workspace: { name: name.trim(), description: description.trim(), type } };
    if (workspace) put.mutate({ params: { path: { id: workspace.id } }, body }, done(`Changed ${name}`));
    else make.mutate({ body }, done(`Made ${name}`));
  });
  // The words of Postman that mean the same here are offered where they are used already.
  const kinds = KINDS.filter(({ value }, at) => at < 3 || value === workspace?.type);
  return (
    <Modal opened onClose={close} title={workspace ? `Edit ${workspace.name}` : 'New workspace'}>
      <form className="stack" noValidate onSubmit={submit}>
        <TextInput label="Name" data-autofocus maxLength={255} {...form.getInputProps('name')} />
        <TextInput label="What it is for" maxLength={255} {...form.getInputProps('description')} />
        <Radio.Group label="Open to" {...form.getInputProps('type')}>
          <div className="stack" style={{ gap: 10, marginTop: 8 }}>
            {kinds.map(({ value, label, text }) => (
              <Radio key={value} value={value} label={label} description={text} size="sm" />
            ))}
          </div>
        </Radio.Group>
        <Refusal of={workspace ? put : make} />
        <div className="row" style={{ justifyContent: 'flex-end' }}>
          <Button variant="default" onClick={close}>
            Cancel
          </Button>
          <Button type="submit" loading={make.isPending || put.isPending}>
            {workspace ? 'Save' : 'Create'}
          </Button>
        </div>
      </form>
    </Modal>
  );
}
