/** How a monitor stands. */
import { hasFailed, isOver, type Brief, type Ended } from './run';

export const STATES = ['failing', 'running', 'healthy', 'paused', 'new'] as const;
export type State = (typeof STATES)[number];

interface Standing {
  isActive: boolean;
  /** How many runs have failed in a row. */
  streak: number;
  /** Its newest run, if it has had one. */
  newest: Ended | undefined;
}

/** One that runs is running, however it stood before. */
export function stateOf({ isActive, streak, newest }: Standing): State {
  if (newest && !isOver(newest)) return 'running';
  if (!isActive) return 'paused';
  if (streak > 0) return 'failing';
  return newest ? 'healthy' : 'new';
}

/** How many of these have failed in a row; they come with the oldest first. */
export function streakOf(runs: Brief[]): number {
  const over = runs.filter(isOver);
  const passed = over.findLastIndex((run) => !hasFailed(run));
  return over.length - 1 - passed;
}
