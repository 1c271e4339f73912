import { Button, TextInput } from '@mantine/core';
import { useForm } from '@mantine/form';
import { query } from '../../../api/client';
import { useSession } from '../../../api/session';
import { Refusal } from '../../../parts/States';
import { told } from '../../../parts/notify';
import { faults } from '../../door/fields';
import { Card } from './Card';

/** What the others see of one, and what one signs in with. */
export function Profile() {
  const { user } = useSession();
  const { fullName, email, username } = user;
  return (
    <Card title="Profile">
      <Fields key={`${fullName} ${email} ${username}`} initialValues={{ fullName, email, username }} />
    </Card>
  );
}

function Fields({ initialValues }: { initialValues: { fullName: string; email: string; username: string } }) {
  const patch = query.useMutation('patch', '/me', {
    // Told from here: these fields are made anew when what is saved comes back.
    onSuccess: () => told('Saved your profile'),
  });
  const form = useForm({
    initialValues,
    validate: {
      fullName: faults.name,
      email: faults.email,
      username: (text) => (text.trim() === '' ? 'A short name' : null),
    },
  });
  const submit = form.onSubmit((values) => {
    // Only what is different: an address is changed with more care than a name.
    const changed = Object.entries(values).filter(
      ([name, text]) => text.trim() !== initialValues[name as keyof typeof initialValues],
    );
    const me = Object.fromEntries(changed.map(([name, text]) => [name, text.trim()]));
    patch.mutate({ body: { me } });
  });
  return (
    <form className="card-body stack" noValidate onSubmit={submit}>
      <TextInput
        label="Name"
        description="As it stands in feeds."
        autoComplete="name"
        maxLength={255}
        {...form.getInputProps('fullName')}
      />
      <TextInput
        label="E-mail"
        description="You sign in with it."
        type="email"
        autoComplete="email"
        {...form.getInputProps('email')}
      />
      <TextInput label="Username" autoComplete="off" maxLength={255} {...form.getInputProps('username')} />
      <Refusal of={patch} />
      <div>
        <Button type="submit" variant="default" disabled={!form.isDirty()} loading={patch.isPending}>
          Save
        </Button>
      </div>
    </form>
  );
}
