import { Alert, Button, Skeleton } from '@mantine/core';
import { AlertTriangle, SearchX, type LucideIcon } from 'lucide-react';
import { useEffect, useState, type ReactNode } from 'react';
import { Refused, sentence } from '../api/errors';
import { Copy } from './Copy';

/** The part of a query's answer that says how it stands. */
export interface Asked<T> {
  data: T | undefined;
  error: unknown;
  isPending: boolean;
  refetch: () => unknown;
}

interface LoadedProps<T> {
  /** What is loaded, for the error: "the deliveries". */
  what: string;
  of: Asked<T>;
  /** How it looks while it loads; three lines by default. */
  skeleton?: ReactNode;
  children: (data: T) => ReactNode;
}

/** What was asked for once it is there; before that its outline, and if it fails the cause and what to do. Old data stays while new is read. */
export function Loaded<T>({ what, of, skeleton, children }: LoadedProps<T>) {
  if (of.data !== undefined) return <>{children(of.data)}</>;
  if (of.error) return <Failed what={what} error={of.error} retry={of.refetch} />;
  return <Later>{skeleton ?? <Lines count={3} />}</Later>;
}

/** Nothing for 150 ms, then the outline: what is quick should not flicker. */
function Later({ children }: { children: ReactNode }) {
  const [shown, show] = useState(false);
  useEffect(() => {
    const timer = setTimeout(() => show(true), 150);
    return () => clearTimeout(timer);
  }, []);
  return (
    <div
      aria-busy="true"
      aria-label="Loading"
      role="status"
      style={{ visibility: shown ? undefined : 'hidden' }}
    >
      {children}
    </div>
  );
}

/** Lines as outlines. */
export function Lines({ count, height = 44 }: { count: number; height?: number }) {
  return (
    <div style={{ display: 'grid', gap: 8, padding: 14 }}>
      {Array.from({ length: count }, (_, at) => (
        <Skeleton key={at} height={height} radius="md" />
      ))}
    </div>
  );
}

/** What could not be loaded, why, and that nothing is lost. */
export function Failed({ what, error, retry }: { what: string; error: unknown; retry?: () => unknown }) {
  const refused = error instanceof Refused ? error : undefined;
  const isForbidden = refused?.status === 403;
  return (
    <Alert
      color={isForbidden ? 'yellow' : 'red'}
      variant="light"
      m="md"
      icon={<AlertTriangle size={18} aria-hidden />}
      title={isForbidden ? `You may not see ${what}` : `Could not load ${what}`}
      role="alert"
    >
      <div>{sentence(error)}</div>
      {!isForbidden && <div>Nothing was lost.</div>}
      <div className="row" style={{ marginTop: 10 }}>
        {retry && (
          <Button size="xs" variant="default" onClick={() => void retry()}>
            Try again
          </Button>
        )}
        {refused?.requestId && (
          <span className="row small">
            Request {refused.requestId}
            <Copy value={refused.requestId} label="Copy the request's ID" />
          </span>
        )}
      </div>
    </Alert>
  );
}

/** Why a change was refused, above the form's button; nothing while it wasn't. */
export function Refusal({ of }: { of: { error: unknown } }) {
  if (!of.error) return null;
  return (
    <Alert color="red" variant="light" role="alert" icon={<AlertTriangle size={18} aria-hidden />}>
      {sentence(of.error)}
    </Alert>
  );
}

interface EmptyProps {
  icon: LucideIcon;
  title: string;
  children: ReactNode;
  /** The one thing that solves it. */
  action?: ReactNode;
}

/** There is none yet: what to do. */
export function Empty({ icon: Icon, title, children, action }: EmptyProps) {
  return (
    <div className="state">
      <div className="kind" data-large>
        <Icon size={20} aria-hidden />
      </div>
      <strong>{title}</strong>
      <p>{children}</p>
      {action}
    </div>
  );
}

/** There are some, but none that match. */
export function NoMatch({ what, clear }: { what: string; clear: () => void }) {
  return (
    <Empty
      icon={SearchX}
      title={`No ${what} match`}
      action={
        <Button variant="default" onClick={clear}>
          Clear filters
        </Button>
      }
    >
      Nothing fits all of the filters at once.
    </Empty>
  );
}
