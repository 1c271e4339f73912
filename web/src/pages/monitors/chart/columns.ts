/** What the charts draw: one column a run, the oldest first. */
import { duration } from '../../../words/numbers';
import { exact } from '../../../words/time';
import { by, type Formula } from '../data/figures';
import {
  allTests,
  averageOf,
  failedTests,
  idOf,
  isOver,
  startOf,
  triggerWord,
  type Brief,
  type Run,
} from '../data/run';
import type { Times } from '../data/useRun';
import { stateOf } from '../../../parts/Pill';

export type Tone = 'bar' | 'bad' | 'warn' | 'mute' | 'live';

export interface Column {
  id: string;
  at: number;
  /** By the formula, in milliseconds; none where nothing answered. */
  value: number | undefined;
  failed: number;
  tests: number;
  tone: Tone;
  result: string;
  trigger: string;
}

const TONES: Record<string, Tone> = {
  success: 'bar',
  failure: 'bad',
  error: 'warn',
  abort: 'mute',
  queued: 'live',
  running: 'live',
};
export const COLOURS: Record<Tone, string> = {
  bar: 'var(--bar)',
  bad: 'var(--bad)',
  warn: 'var(--warn)',
  mute: 'var(--mute)',
  live: 'var(--info)',
};

export function columnOf(run: Brief, value: number | undefined): Column {
  return {
    id: idOf(run),
    at: startOf(run),
    value: isOver(run) ? value : undefined,
    failed: failedTests(run),
    tests: allTests(run),
    tone: TONES[run.info.status] ?? 'mute',
    result: stateOf(run.info.status).label,
    trigger: triggerWord(run),
  };
}

/** Whether a formula needs each request's time, which a run's own figures don't tell. */
export const needsTimes = (formula: Formula, request: string | undefined): boolean =>
  request !== undefined || (formula !== 'avg' && formula !== 'sum');

/** A run's value: of one request of it, or of all. */
export function valueOf(run: Run, formula: Formula, request: string | undefined, times: Times | undefined) {
  if (!needsTimes(formula, request))
    return formula === 'sum'
      ? averageOf(run) === undefined
        ? undefined
        : run.stats?.responseLatency
      : averageOf(run);
  const list = request === undefined ? [...(times?.values() ?? [])].flat() : (times?.get(request) ?? []);
  return by(formula, list);
}

export const timeOf = (column: Column): string => exact(new Date(column.at).toISOString());
export const failedWords = ({ failed, tests }: Column): string =>
  tests === 0 ? 'no tests' : `${failed} of ${tests} (${Math.round((100 * failed) / tests)} %)`;

/** A column as it is spoken. */
export const spoken = (column: Column): string =>
  `${timeOf(column)}: ${column.result}, ${column.value === undefined ? 'no response time' : duration(column.value)}, ${column.failed} of ${column.tests} tests failed, ${column.trigger}`;
