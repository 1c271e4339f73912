import { Pill, stateOf } from '../../parts/Pill';
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
  const row = state === 'failing' && streak > 1 ? `, ${count} in a row` : '';
  return <Pill state={state} label={wordOf(state) + row} />;
}

/** A state in people's words. */
export const wordOf = (state: State): string => (state === 'new' ? 'No runs yet' : stateOf(state).label);
