import {
  AlertTriangle,
  Ban,
  CheckCircle2,
  CircleDashed,
  Clock,
  Hand,
  LoaderCircle,
  Pause,
  PowerOff,
  RefreshCw,
  XCircle,
  type LucideIcon,
} from 'lucide-react';

export type Tone = 'ok' | 'bad' | 'warn' | 'info' | 'mute';

interface State {
  tone: Tone;
  icon: LucideIcon;
  label: string;
}

/** Every state that the API names, and a few that only people use. */
const STATES: Record<string, State> = {
  // Of deliveries.
  scheduled: { tone: 'info', icon: CircleDashed, label: 'Queued' },
  retrying: { tone: 'warn', icon: RefreshCw, label: 'Retrying' },
  sending: { tone: 'info', icon: LoaderCircle, label: 'Sending' },
  held: { tone: 'warn', icon: Hand, label: 'Held' },
  succeeded: { tone: 'ok', icon: CheckCircle2, label: 'Delivered' },
  exhausted: { tone: 'bad', icon: XCircle, label: 'Failed' },
  expired: { tone: 'mute', icon: Clock, label: 'Expired' },
  cancelled: { tone: 'mute', icon: Ban, label: 'Cancelled' },
  // Of integrations and monitors.
  active: { tone: 'ok', icon: CheckCircle2, label: 'Active' },
  paused: { tone: 'mute', icon: Pause, label: 'Paused' },
  disabled: { tone: 'bad', icon: PowerOff, label: 'Disabled' },
  failing: { tone: 'bad', icon: AlertTriangle, label: 'Failing' },
  healthy: { tone: 'ok', icon: CheckCircle2, label: 'Healthy' },
  // Of runs, in Postman's words.
  queued: { tone: 'info', icon: CircleDashed, label: 'Queued' },
  running: { tone: 'info', icon: LoaderCircle, label: 'Running' },
  success: { tone: 'ok', icon: CheckCircle2, label: 'Success' },
  failure: { tone: 'bad', icon: XCircle, label: 'Failure' },
  error: { tone: 'warn', icon: AlertTriangle, label: 'Error' },
  abort: { tone: 'mute', icon: Ban, label: 'Aborted' },
};

export const stateOf = (name: string): State =>
  STATES[name] ?? { tone: 'mute', icon: CircleDashed, label: name };

/** A state: icon, word and colour. */
export function Pill({ state, label }: { state: string; label?: string }) {
  const { tone, icon: Icon, label: own } = stateOf(state);
  return (
    <span className={`pill tone-${tone}`}>
      <Icon size={13} aria-hidden />
      {label ?? own}
    </span>
  );
}

/** An HTTP status as a chip; "···" when there was no answer. */
export function StatusCode({ status }: { status: number | null | undefined }) {
  const tone = !status || (status >= 300 && status < 400) ? 'mute' : status < 300 ? 'ok' : 'bad';
  return (
    <span className={`code tone-${tone}`} aria-label={status ? `HTTP ${status}` : 'no answer'}>
      {status ?? '···'}
    </span>
  );
}

/** An HTTP method in its colour. */
export const Method = ({ name }: { name: string }) => (
  <span className="method" data-method={name}>
    {name}
  </span>
);
