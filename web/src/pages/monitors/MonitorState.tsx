import { Pill } from '../../parts/Pill';
import type { State } from './data/useOverview';

/** How a monitor stands, and how long it has failed. */
export function MonitorState({ state, streak }: { state: State; streak: number }) {
  if (state === 'failing')
    return <Pill state="failing" label={streak > 1 ? `Failing, ${streak} in a row` : 'Failing'} />;
  if (state === 'new') return <Pill state="new" label="No runs yet" />;
  return <Pill state={state} />;
}
