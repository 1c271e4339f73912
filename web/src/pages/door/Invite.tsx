import { Button, Divider, TextInput } from '@mantine/core';
import { useForm } from '@mantine/form';
import { useNavigate, useParams } from '@tanstack/react-router';
import { query, type Shape } from '../../api/client';
import { Refused } from '../../api/errors';
import { Loaded, Refusal } from '../../parts/States';
import { When } from '../../parts/When';
import { Door } from './Door';
import { Elsewhere, ToSignIn } from './Elsewhere';
import { useEnter } from './enter';
import { faults, NewPassword } from './fields';

const ROLES: Record<string, string> = { viewer: 'a viewer', editor: 'an editor', admin: 'an admin' };

/** Come into the team by an invitation's link. */
export function Invite() {
  const { token = '' } = useParams({ strict: false }) as { token?: string };
  const asked = query.useQuery(
    'get',
    '/invitations/offer',
    { params: { query: { token } } },
    // Once: who has accepted it need not hear that it is over.
    { enabled: ({ state }) => state.data === undefined },
  );
  const offer = asked.data?.invitation;
  if (!offer && isGone(asked.error)) return <Gone />;
  return (
    <Door
      title={offer ? `Join ${offer.teamName}` : 'Join the team'}
      sub={
        offer && (
          <>
            You are invited to be {ROLES[offer.role] ?? offer.role}. The invitation ends{' '}
            <When at={offer.expiresAt} />.
          </>
        )
      }
    >
      <Loaded what="the invitation" of={asked}>
        {({ invitation }) => <Accept token={token} offer={invitation} />}
      </Loaded>
    </Door>
  );
}

const isGone = (error: unknown) => error instanceof Refused && [400, 401, 404, 410].includes(error.status);

const Gone = () => (
  <Door
    title="This invitation opens nothing any more"
    sub="It was used already, taken back, or is older than a week. Ask who sent it for another one."
  >
    <ToSignIn />
  </Door>
);

function Accept({ token, offer }: { token: string; offer: Shape['Offer'] }) {
  const ways = query.useQuery('get', '/session/ways').data?.ways;
  const accept = query.useMutation('post', '/invitations/accept');
  const enter = useEnter();
  const navigate = useNavigate();
  const form = useForm({
    initialValues: { fullName: '', email: offer.email, password: '' },
    validate: { fullName: faults.name, email: faults.email, password: faults.password },
  });
  const submit = form.onSubmit(({ fullName, email, password }) =>
    accept.mutate(
      {
        body: {
          token,
          fullName: fullName.trim(),
          password,
          ...(!offer.email && { email: email.trim() }),
        },
      },
      {
        onSuccess: ({ session }) => {
          enter(session);
          void navigate({ to: '/', replace: true });
        },
      },
    ),
  );
  return (
    <form className="stack" noValidate onSubmit={submit}>
      <TextInput
        label="Your name"
        description="As it stands in feeds."
        autoComplete="name"
        autoFocus
        maxLength={255}
        {...form.getInputProps('fullName')}
      />
      <TextInput
        label="E-mail"
        description={offer.email ? 'The invitation is for this address.' : 'You sign in with it.'}
        type="email"
        autoComplete="username"
        readOnly={Boolean(offer.email)}
        {...form.getInputProps('email')}
      />
      <NewPassword {...form.getInputProps('password')} />
      <Refusal of={accept} />
      <Button type="submit" fullWidth loading={accept.isPending}>
        Join {offer.teamName}
      </Button>
      {/* Whom the service knows by this address comes in by it without a password. */}
      {offer.email && ways?.oidc && (
        <>
          <Divider label="or" />
          <Elsewhere name={ways.oidc} goal="/" isSecond />
        </>
      )}
    </form>
  );
}
