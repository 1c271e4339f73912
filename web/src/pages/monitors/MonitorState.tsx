import { Pill } from '../../parts/Pill';
import type { State } from './data/state';

interface MonitorStateProps {
  state: State;
  /** How many runs have failed in a row. */
  streak: number;
  /** Of more runs than these nothing is known. */
  most?: number;
}

/** How a monitor stands, and how long it has failed. */
export function MonitorState({ state, streak, most = Infinity }: MonitorStateProps) {
  const count = `${streak}${streak >= most ? '+' : ''}`;
  if (state === 'failing')
    return <Pill state="failing" label={streak > 1 ? `Failing, ${count} in a row` : 'Failing'} />;
  if (state === 'new') return <Pill state="new" label="No runs yet" />;
  return <Pill state={state} />;
}
