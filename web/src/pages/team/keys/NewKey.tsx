import { Button, Modal, MultiSelect, Select, TextInput } from '@mantine/core';
import { useForm } from '@mantine/form';
import { query } from '../../../api/client';
import { useSession, type Role } from '../../../api/session';
import { CopyText } from '../../../parts/Copy';
import { Once } from '../../../parts/Once';
import { Refusal } from '../../../parts/States';
import { useWorkspaces } from '../../../parts/useTeam';
import { startOf } from '../../../words/day';
import { RoleSelect } from '../RoleSelect';
import { highest } from '../roles';

const SPANS = [
  { value: '30', label: 'In 30 days' },
  { value: '90', label: 'In 90 days' },
  { value: '365', label: 'In a year' },
  { value: 'day', label: 'On a day' },
  { value: 'never', label: 'Never' },
];

/** Makes a key, and shows it this once. */
export function NewKey({ close }: { close: () => void }) {
  const { user } = useSession();
  const most = highest(user.roles);
  const { workspaces } = useWorkspaces();
  const make = query.useMutation('post', '/me/api-keys');
  const form = useForm({
    initialValues: {
      name: '',
      role: (most === 'admin' ? 'editor' : most) as Role,
      span: '90',
      day: '',
      workspaces: [] as string[],
    },
    validate: {
      name: (text) => (text.trim() === '' ? 'What it is for, to know it again' : null),
      day: (day, { span }) => (span === 'day' && !startOf(day) ? 'Choose a day' : null),
    },
  });
  const made = make.data?.apiKey;
  if (made?.key)
    return (
      <Modal opened onClose={close} title={`The key ${made.name}`} size="lg">
        <div className="stack">
          <Once what="API key" value={made.key} note="It is not shown again: only its hash is kept." />
          <Example value={made.key} />
          <div className="row" style={{ justifyContent: 'flex-end' }}>
            <Button onClick={close}>Done</Button>
          </div>
        </div>
      </Modal>
    );
  const { span, role } = form.values;
  const submit = form.onSubmit(({ name, role, span, day, workspaces }) =>
    make.mutate({
      body: {
        apiKey: {
          name: name.trim(),
          role,
          expiresAt: endOf(span, day),
          ...(role !== 'admin' && workspaces.length > 0 && { workspaces }),
        },
      },
    }),
  );
  return (
    <Modal opened onClose={close} title="New API key">
      <form className="stack" noValidate onSubmit={submit}>
        <TextInput
          label="Name"
          placeholder="CI of the shop"
          data-autofocus
          maxLength={255}
          autoComplete="off"
          {...form.getInputProps('name')}
        />
        <RoleSelect label="Role" most={most} {...form.getInputProps('role')} />
        <div className="row" style={{ alignItems: 'flex-start' }}>
          <Select label="Ends" data={SPANS} style={{ flex: 1 }} {...form.getInputProps('span')} />
          {span === 'day' && (
            <TextInput label="Day" type="date" style={{ flex: 1 }} {...form.getInputProps('day')} />
          )}
        </div>
        {role === 'admin' ? (
          <div className="field-note">A key of an admin opens every workspace.</div>
        ) : (
          <MultiSelect
            size="sm"
            label="Workspaces"
            description="Those alone, and nothing that concerns the whole team; none chosen: all that you may enter."
            placeholder={form.values.workspaces.length === 0 ? 'All' : undefined}
            data={workspaces.map(({ id, name }) => ({ value: id, label: name }))}
            searchable
            clearable
            {...form.getInputProps('workspaces')}
          />
        )}
        <Refusal of={make} />
        <div className="row" style={{ justifyContent: 'flex-end' }}>
          <Button variant="default" onClick={close}>
            Cancel
          </Button>
          <Button type="submit" loading={make.isPending}>
            Make the key
          </Button>
        </div>
      </form>
    </Modal>
  );
}

/** How it is used, to try at once. */
function Example({ value }: { value: string }) {
  const command = `curl -H 'X-Api-Key: ${value}' ${new URL('api/me', document.baseURI).href}`;
  return (
    <div className="card">
      <div className="section-title" style={{ borderRadius: '10px 10px 0 0' }}>
        Try it
        <span className="push">
          <CopyText value={command} label="Copy as cURL" />
        </span>
      </div>
      <pre className="json" role="region" aria-label="Try it" tabIndex={0}>
        {command}
      </pre>
    </div>
  );
}

function endOf(span: string, day: string): string | null {
  if (span === 'never') return null;
  if (span === 'day') return startOf(day) ?? null;
  return new Date(Date.now() + Number(span) * 86_400_000).toISOString();
}
