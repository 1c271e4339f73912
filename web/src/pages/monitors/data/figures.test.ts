import { expect, test } from 'vitest';
import { by, figuresOf, p95, roundUp } from './figures';
import type { Run } from './run';
import { startOf, testWords } from './run';
import { reaching, windowOf } from './ranges';
import { stateOf, streakOf } from './state';

const run = (status: string, latency: number, failed = 0): Run => ({
  info: {
    jobId: '01a21f6f-8eab-72ef-83ab-f5b7d6803d14',
    monitorId: 'm',
    name: 'M',
    collectionUid: 'c',
    status,
    trigger: 'manual',
  },
  stats: {
    assertions: { total: 4, failed },
    requests: { total: 2, failed: 0 },
    runCount: 1,
    errorCount: 0,
    abortedCount: 0,
    warningCount: 0,
    responseLatency: latency,
    responseSize: 0,
  },
  figures: { averageMs: latency / 2, failedTests: failed, passedTests: 4 - failed, errors: 0 },
});

test('figures leave out what is not over', () => {
  const figures = figuresOf([run('success', 200), run('failure', 400, 1), run('running', 9000)]);
  expect(figures).toEqual({ runs: 2, failed: 1, rate: 50, average: 150, p95: 200 });
  expect(figuresOf([]).rate).toBeUndefined();
});

test('formulas', () => {
  const times = Array.from({ length: 100 }, (_, at) => at + 1);
  expect(p95(times)).toBe(95);
  expect(by('avg', times)).toBe(50.5);
  expect(by('sum', [1, 2, 3])).toBe(6);
  expect(by('min', [3, 1])).toBe(1);
  expect(by('max', [])).toBeUndefined();
});

test('the top of an axis is round and never below', () => {
  expect([0, 1, 7, 11, 151, 999, 1200].map(roundUp)).toEqual([1, 1, 8, 15, 200, 1000, 1500]);
});

test('a run that waits began when its id says', () => {
  expect(new Date(startOf(run('queued', 0))).toISOString()).toBe('2026-11-27T23:55:34.443Z');
  expect(testWords(run('failure', 0, 1))).toBe('1 of 4 tests failed');
});

test('a range ends now, or lies around a date', () => {
  const now = Date.parse('2026-11-28T00:00:00Z');
  const hour = 3_600_000;
  expect(windowOf('24h', undefined, now)).toEqual({
    from: now - 24 * hour,
    to: Infinity,
    before: now - 48 * hour,
  });
  const at = now - 100 * hour;
  expect(windowOf('24h', new Date(at).toISOString(), now)).toEqual({
    from: at - 12 * hour,
    to: at + 12 * hour,
    before: at - 36 * hour,
  });
  expect(windowOf('all', undefined, now).from).toBe(0);
});

test('a range is chosen that shows a run', () => {
  const now = Date.parse('2026-11-28T00:00:00Z');
  const [hour, day] = [3_600_000, 24 * 3_600_000];
  const of = (cron: string, ago: number) =>
    reaching({ time: now - ago, now, cron, timezone: 'UTC', most: 1000 });
  expect(of('*/5 * * * *', hour)).toEqual({ range: '24h' });
  // A week of each hour is 168 runs; of every five minutes it would be too many to draw.
  expect(of('0 * * * *', 3 * day)).toEqual({ range: '7d' });
  expect(of('*/5 * * * *', 3 * day)).toEqual({ range: '24h', at: '2026-11-25T00:00:00.000Z' });
  expect(of('0 7 * * *', 20 * day)).toEqual({ range: '30d' });
  expect(of('0 7 * * *', 90 * day)).toEqual({ range: '30d', at: '2026-08-30T00:00:00.000Z' });
  expect(of('no cron', Number.NaN)).toEqual({ range: '30d' });
});

test('how a monitor stands is read off its last runs', () => {
  const runs = ['failure', 'success', 'error', 'failure'].map((status) => run(status, 100));
  expect(streakOf(runs)).toBe(2);
  expect(streakOf([...runs, run('running', 0)])).toBe(2);
  expect(streakOf([...runs, run('success', 0)])).toBe(0);
  expect(streakOf([run('failure', 0)])).toBe(1);
  expect(streakOf([])).toBe(0);
  const standing = { isActive: true, streak: 2, newest: runs[3] };
  expect(stateOf(standing)).toBe('failing');
  expect(stateOf({ ...standing, newest: run('queued', 0) })).toBe('running');
  expect(stateOf({ ...standing, isActive: false })).toBe('paused');
  expect(stateOf({ ...standing, streak: 0 })).toBe('healthy');
  expect(stateOf({ ...standing, streak: 0, newest: undefined })).toBe('new');
});
