import { Button, Modal, TextInput } from '@mantine/core';
import { useForm } from '@mantine/form';
import { query } from '../../../api/client';
import type { Role } from '../../../api/session';
import { Once } from '../../../parts/Once';
import { Refusal } from '../../../parts/States';
import { RoleSelect } from '../RoleSelect';
import { labelOf } from '../roles';

/** Makes a link that lets somebody in, and shows it this once. */
export function Invite({ close }: { close: () => void }) {
  const make = query.useMutation('post', '/invitations');
  const form = useForm({
    initialValues: { email: '', role: 'editor' as Role },
    validate: {
      email: (text) =>
        text.trim() === '' || /^\S+@\S+$/.test(text.trim()) ? null : 'An address such as mia@example.com',
    },
  });
  const made = make.data?.invitation;
  if (made)
    return (
      <Modal opened onClose={close} title="The link is ready" size="lg">
        <div className="stack">
          <div style={{ fontSize: 13 }}>
            Give it to {made.email ? <strong>{made.email}</strong> : 'one person'}: it makes{' '}
            {made.role === 'viewer' ? 'a' : 'an'} {labelOf(made.role).toLowerCase()} of whoever opens it
            first, within a week.
          </div>
          <Once
            what="Invitation link"
            value={made.link ?? ''}
            note="The link is not shown again; make another one if it gets lost."
          />
          <div className="row" style={{ justifyContent: 'flex-end' }}>
            <Button onClick={close}>Done</Button>
          </div>
        </div>
      </Modal>
    );
  const submit = form.onSubmit(({ email, role }) =>
    make.mutate({ body: { invitation: { role, ...(email.trim() && { email: email.trim() }) } } }),
  );
  return (
    <Modal opened onClose={close} title="Invite somebody">
      <form className="stack" noValidate onSubmit={submit}>
        <TextInput
          label="E-mail"
          description="Leave it empty for a link that anybody can use, once."
          type="email"
          autoComplete="off"
          data-autofocus
          {...form.getInputProps('email')}
        />
        <RoleSelect label="Role" {...form.getInputProps('role')} />
        <Refusal of={make} />
        <div className="row" style={{ justifyContent: 'flex-end' }}>
          <Button variant="default" onClick={close}>
            Cancel
          </Button>
          <Button type="submit" loading={make.isPending}>
            Make the link
          </Button>
        </div>
      </form>
    </Modal>
  );
}
