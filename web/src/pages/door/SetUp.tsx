import { Button, TextInput } from '@mantine/core';
import { useForm } from '@mantine/form';
import { useMutation } from '@tanstack/react-query';
import { api } from '../../api/client';
import type { Session } from '../../api/session';
import { Refusal } from '../../parts/States';
import { Door } from './Door';
import { faults, NewPassword } from './fields';

/** What the first admin says: who one is, how one comes in the next time, what the team is called. */
export function SetUp({ user, done }: { user: Session['user']; done: () => void }) {
  const isUnnamed = user.email === 'admin@localhost';
  const form = useForm({
    initialValues: {
      fullName: isUnnamed ? '' : user.fullName,
      email: isUnnamed ? '' : user.email,
      password: '',
      team: user.teamName === 'My team' ? '' : user.teamName,
    },
    validate: {
      fullName: faults.name,
      email: faults.email,
      password: faults.password,
      team: (text) => (text.trim() === '' ? 'What the team is called' : null),
    },
  });
  const save = useMutation({
    mutationFn: async (wanted: typeof form.values) => {
      await api.PATCH('/me', {
        body: { me: { fullName: wanted.fullName.trim(), email: wanted.email.trim() } },
      });
      await api.PATCH('/team', { body: { team: { name: wanted.team.trim() } } });
      // The last: once there is a password, it is asked for by whoever changes it.
      await api.PUT('/me/password', { body: { newPassword: wanted.password } });
    },
    onSuccess: done,
  });
  return (
    <Door title="Set up Postern" sub="You are its first admin. The next time you sign in with this.">
      <form className="stack" noValidate onSubmit={form.onSubmit((wanted) => save.mutate(wanted))}>
        <TextInput
          label="Your name"
          description="As it stands in feeds."
          autoComplete="name"
          autoFocus
          maxLength={255}
          {...form.getInputProps('fullName')}
        />
        <TextInput label="E-mail" type="email" autoComplete="username" {...form.getInputProps('email')} />
        <NewPassword {...form.getInputProps('password')} />
        <TextInput
          label="Team name"
          autoComplete="organization"
          maxLength={255}
          {...form.getInputProps('team')}
        />
        <Refusal of={save} />
        <Button type="submit" fullWidth loading={save.isPending}>
          Set up
        </Button>
      </form>
    </Door>
  );
}
