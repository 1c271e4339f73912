import { Navigate, useNavigate } from '@tanstack/react-router';
import { useEffect, useRef, useState } from 'react';
import { api, query } from '../../api/client';
import { Refused } from '../../api/errors';
import type { Session } from '../../api/session';
import { Failed, Lines, Loaded } from '../../parts/States';
import { told } from '../../parts/notify';
import { useAddress } from '../../parts/search';
import { Door } from './Door';
import { ToSignIn } from './Elsewhere';
import { FirstSteps } from './FirstSteps';
import { SetUp } from './SetUp';
import { Unset } from './Unset';
import { useEnter } from './enter';
import { localPath } from './paths';
import { whyNot } from './refusals';

/** A one-time link, and the first admin's way in. */
export function Welcome() {
  const [token, set] = useState(takeToken);
  // A link that is put into the address of this very page loads nothing anew.
  useEffect(() => {
    const look = () => set((old) => takeToken() || old);
    window.addEventListener('hashchange', look);
    return () => window.removeEventListener('hashchange', look);
  }, []);
  return token ? <ByLink key={token} token={token} /> : <WithoutLink />;
}

/** What stands behind the `#`: read once, and out of the address at once, so that nobody sees or keeps it. */
function takeToken(): string {
  const token = location.hash.slice(1);
  if (token) history.replaceState(history.state, '', `${location.pathname}${location.search}`);
  return token;
}

function ByLink({ token }: { token: string }) {
  const enter = useEnter();
  const navigate = useNavigate();
  const signIn = query.useMutation('post', '/session/link');
  const [session, come] = useState<Session>();
  const [isDone, finish] = useState(false);
  const isSent = useRef(false);
  const [address] = useAddress();
  const send = async () => {
    const { session } = await signIn.mutateAsync({ body: { token } });
    enter(session);
    // A link may say where it leads: `postern demo` has everything set up.
    const goal = localPath(address['return']);
    if (goal !== '/') return navigate({ href: goal, replace: true });
    const { data } = await api.GET('/session/ways');
    // Only the first admin of a new server has something to set up.
    if (data?.ways.setUp && session.user.roles.includes('admin')) return come(session);
    const within = session.mayResetPassword ? ': your account takes a new password within the hour' : '';
    told(`Signed in as ${session.user.fullName}${within}`);
    await navigate({ to: '/', replace: true });
  };
  useEffect(() => {
    if (isSent.current) return;
    isSent.current = true;
    send().catch(() => undefined);
  });
  if (isDone) return <FirstSteps />;
  if (session) return <SetUp user={session.user} done={() => finish(true)} />;
  const error: unknown = signIn.error;
  if (error instanceof Refused && error.status === 401) return <Spent />;
  return (
    <Door title="Welcome to Postern">
      {error ? (
        <Failed what="the link" error={new Error(whyNot(error))} retry={send} />
      ) : (
        <div aria-busy="true" role="status" aria-label="Signing in">
          <Lines count={2} />
        </div>
      )}
    </Door>
  );
}

const Spent = () => (
  <Door
    title="This link opens nothing any more"
    sub={
      <>
        A link signs in once, and not for long. Whoever runs the server makes another one with{' '}
        <code className="mono">postern users link {'<email>'}</code>.
      </>
    }
  >
    <ToSignIn />
  </Door>
);

function WithoutLink() {
  const asked = query.useQuery('get', '/session/ways');
  if (asked.data && !asked.data.ways.setUp) return <Navigate to="/login" replace />;
  return (
    <Door title="Welcome to Postern">
      <Loaded what="how the server stands" of={asked}>
        {() => <Unset />}
      </Loaded>
    </Door>
  );
}
