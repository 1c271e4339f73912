/** What many runs come to. */
import { averageOf, hasFailed, isOver, type Run } from './run';

export const FORMULAS = {
  avg: 'Average',
  sum: 'Sum',
  min: 'Minimum',
  max: 'Maximum',
  p95: '95th percentile',
} as const;
export type Formula = keyof typeof FORMULAS;
/** What a run's value is by each of them. */
export const MEASURES: Record<Formula, string> = {
  avg: 'Average response time',
  sum: 'Sum of response times',
  min: 'Fastest request',
  max: 'Slowest request',
  p95: '95th percentile',
};
export const isFormula = (word: string | undefined): word is Formula =>
  word !== undefined && word in FORMULAS;

export const mean = (values: number[]): number | undefined =>
  values.length > 0 ? values.reduce((sum, value) => sum + value, 0) / values.length : undefined;

/** The value that 95 of 100 don't exceed: the nearest rank. */
export function p95(values: number[]): number | undefined {
  const sorted = [...values].sort((a, b) => a - b);
  return sorted[Math.ceil(sorted.length * 0.95) - 1];
}

/** Some times by a formula; nothing of none. */
export function by(formula: Formula, times: number[]): number | undefined {
  if (times.length === 0) return undefined;
  switch (formula) {
    case 'avg':
      return mean(times);
    case 'sum':
      return times.reduce((sum, time) => sum + time, 0);
    case 'min':
      return Math.min(...times);
    case 'max':
      return Math.max(...times);
    case 'p95':
      return p95(times);
  }
}

export interface Figures {
  runs: number;
  failed: number;
  /** The share of runs that passed, in percent. */
  rate: number | undefined;
  average: number | undefined;
  p95: number | undefined;
}

/** The figures of those runs that are over. */
export function figuresOf(all: Run[]): Figures {
  const runs = all.filter(isOver);
  const failed = runs.filter(hasFailed).length;
  const averages = runs.map(averageOf).filter((it) => it !== undefined);
  return {
    runs: runs.length,
    failed,
    rate: runs.length > 0 ? (100 * (runs.length - failed)) / runs.length : undefined,
    average: mean(averages),
    p95: p95(averages),
  };
}

/** The least round number that is not below: the top of an axis. */
export function roundUp(value: number): number {
  const power = 10 ** Math.floor(Math.log10(Math.max(value, 1)));
  return power * ([1, 1.5, 2, 3, 4, 5, 6, 8, 10].find((step) => step * power >= value) ?? 10);
}
