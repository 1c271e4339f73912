import { Alert, Button, Divider, PasswordInput, TextInput } from '@mantine/core';
import { isNotEmpty, useForm } from '@mantine/form';
import { useNavigate } from '@tanstack/react-router';
import { AlertTriangle } from 'lucide-react';
import { query, type Shape } from '../../api/client';
import { Loaded } from '../../parts/States';
import { useAddress } from '../../parts/search';
import { Door } from './Door';
import { Elsewhere } from './Elsewhere';
import { useEnter } from './enter';
import { localPath } from './paths';
import { whyNot } from './refusals';

/** Sign in, and go back to where one was. */
export function SignIn() {
  const asked = query.useQuery('get', '/session/ways');
  return (
    <Door title="Sign in" sub="To your team's collections, monitors and webhooks.">
      <Loaded what="the ways to sign in" of={asked}>
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
      { body: { ...body, email: body.email.trim() } },
      {
        onSuccess: ({ session }) => {
          enter(session);
          void navigate({ href: goal, replace: true });
        },
        onError: () => document.getElementById('password')?.focus(),
      },
    ),
  );
  const error: unknown = signIn.error;
  const refused = error ? whyNot(error) : undefined;
  return (
    <form onSubmit={submit} noValidate className="stack">
      {refused ? (
        <Alert color="red" variant="light" role="alert" icon={<AlertTriangle size={18} aria-hidden />}>
          {refused}
        </Alert>
      ) : (
        address['error'] && <Refused by={ways.oidc} why={address['error']} />
      )}
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
            id="password"
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
      {ways.oidc && <Elsewhere name={ways.oidc} goal={goal} isSecond={ways.password} />}
      <div className="field-note">
        {ways.setUp ? (
          <>
            A new server? Open the one-time link that it printed when it first started, or make another with{' '}
            <code className="mono">postern users link</code>.
          </>
        ) : (
          <>
            Forgotten? Whoever runs the server makes a new one-time link with{' '}
            <code className="mono">postern users link</code>.
          </>
        )}
      </div>
    </form>
  );
}

/** What the service that one signs in with said, or this server of it. */
const Refused = ({ by, why }: { by: string | null | undefined; why: string }) => (
  <Alert
    color="red"
    variant="light"
    role="alert"
    icon={<AlertTriangle size={18} aria-hidden />}
    title={`Could not sign in${by ? ` with ${by}` : ''}`}
    style={{ overflowWrap: 'anywhere' }}
  >
    {whyNot(why.slice(0, 400))}
  </Alert>
);
