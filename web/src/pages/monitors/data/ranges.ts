/** Which stretch of time is looked at. */
import { nextTimes, parse } from '../schedule/cron';

const HOUR = 3_600_000;
export const RANGES = { '24h': 24 * HOUR, '7d': 7 * 24 * HOUR, '30d': 30 * 24 * HOUR, all: Infinity };
export type Range = keyof typeof RANGES;
export const RANGE_WORDS: Record<Range, string> = {
  '24h': 'last 24 h',
  '7d': 'last 7 days',
  '30d': 'last 30 days',
  all: 'all time',
};
export const isRange = (word: string | undefined): word is Range => word !== undefined && word in RANGES;

export interface Window {
  from: number;
  to: number;
  /** Where the stretch begins that it is compared with. */
  before: number;
}

export function windowOf(range: Range, at: string | undefined, now: number): Window {
  const span = RANGES[range];
  if (span === Infinity) return { from: 0, to: Infinity, before: 0 };
  const around = at ? Date.parse(at) : Number.NaN;
  if (Number.isNaN(around)) return { from: now - span, to: Infinity, before: now - 2 * span };
  return { from: around - span / 2, to: around + span / 2, before: around - 1.5 * span };
}

/** How long it is from one run to the next; `Infinity` where that can't be said. */
function pauseOf(cron: string, timezone: string): number {
  try {
    const [first, second] = nextTimes(parse(cron), timezone, 2);
    return first === undefined || second === undefined ? Infinity : second - first;
  } catch {
    return Infinity;
  }
}

/** What shows a few dozen runs of a monitor that runs as often as this one. */
export function usualRange(cron: string, timezone: string): Range {
  const pause = pauseOf(cron, timezone);
  if (pause <= HOUR) return '24h';
  return pause < 24 * HOUR ? '7d' : '30d';
}

interface Reach {
  time: number;
  now: number;
  cron: string;
  timezone: string;
  /** So many runs are read at most. */
  most: number;
}

/** What to look at so that a run of that time is shown: the usual range, else a longer one, else the time around it. */
export function reaching({ time, now, cron, timezone, most }: Reach): { range: Range; at?: string } {
  const usual = usualRange(cron, timezone);
  const pause = pauseOf(cron, timezone);
  const longer = (['24h', '7d', '30d'] as const).filter((range) => RANGES[range] >= RANGES[usual]);
  const range = longer.find((range) => time >= now - RANGES[range] && RANGES[range] / pause <= most);
  if (range) return { range };
  return Number.isNaN(time) ? { range: usual } : { range: usual, at: new Date(time).toISOString() };
}
