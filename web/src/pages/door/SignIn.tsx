import { Button, Divider, PasswordInput, TextInput } from '@mantine/core';
import { isNotEmpty, useForm } from '@mantine/form';
import { useNavigate } from '@tanstack/react-router';
import { LogIn } from 'lucide-react';
import { base, query, type Shape } from '../../api/client';
import { Loaded, Refusal } from '../../parts/States';
import { useAddress } from '../../parts/search';
import { Door } from './Door';
import { useEnter } from './enter';

/** Sign in, and go back to where one was. */
export function SignIn() {
  const ways = query.useQuery('get', '/session/ways');
  return (
    <Door title="Sign in" sub="To your team's collections, monitors and webhooks.">
      <Loaded what="the ways to sign in" of={ways}>
        {({ ways }) => <Ways ways={ways} />}
      </Loaded>
    </Door>
  );
}

function Ways({ ways }: { ways: Shape['Ways'] }) {
  const [address] = useAddress();
  const goal = localPath(address['return']);
  const enter = useEnter();
  const navigate = useNavigate();
  const signIn = query.useMutation('post', '/session');
  const form = useForm({
    initialValues: { email: '', password: '' },
    validate: { email: isNotEmpty('Your e-mail address'), password: isNotEmpty('Your password') },
  });
  const submit = form.onSubmit((body) =>
    signIn.mutate(
      { body },
      {
        onSuccess: ({ session }) => {
          enter(session);
          void navigate({ href: goal, replace: true });
        },
      },
    ),
  );
  return (
    <form onSubmit={submit} noValidate className="stack">
      <Refusal of={signIn} />
      {ways.password && (
        <>
          <TextInput
            label="E-mail"
            type="email"
            autoComplete="username"
            autoFocus
            {...form.getInputProps('email')}
          />
          <PasswordInput
            label="Password"
            autoComplete="current-password"
            {...form.getInputProps('password')}
          />
          <Button type="submit" fullWidth loading={signIn.isPending}>
            Sign in
          </Button>
        </>
      )}
      {ways.password && ways.oidc && <Divider label="or" />}
      {ways.oidc && (
        <Button
          component="a"
          href={`${base}api/session/oidc?return=${encodeURIComponent(goal)}`}
          variant={ways.password ? 'default' : 'filled'}
          fullWidth
          leftSection={<LogIn size={16} aria-hidden />}
        >
          Sign in with {ways.oidc}
        </Button>
      )}
      <div className="field-note">
        Forgotten? Whoever runs the server makes a new one-time link with{' '}
        <code className="mono">postern users link</code>.
      </div>
    </form>
  );
}

/** Only a path of this app is gone to afterwards. */
const localPath = (path: string | undefined) =>
  path?.startsWith('/') && !path.startsWith('//') && !path.includes('\\') ? path : '/';
