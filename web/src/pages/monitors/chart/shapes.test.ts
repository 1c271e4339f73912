import { expect, test } from 'vitest';
import type { Column } from './columns';
import { byTone, ticksOf } from './shapes';

const column = (at: number, tone: Column['tone'] = 'bar'): Column => ({
  id: String(at),
  at,
  value: 1,
  failed: 0,
  tests: 1,
  tone,
  result: 'Success',
  trigger: 'Manual',
});
const every = (count: number, ms: number) =>
  Array.from({ length: count }, (_, at) => column(Date.parse('2026-11-27T20:00:00Z') + at * ms));

test('ticks never overlap and say the day where it changes', () => {
  const columns = every(500, 160_000);
  const ticks = ticksOf(columns, 2);
  expect(ticks.length).toBeGreaterThan(5);
  ticks.slice(1).forEach((tick, at) => {
    const before = ticks[at]!;
    const gap = tick.x - before.x - ((tick.label.length + before.label.length) * 6.2) / 2;
    expect(gap).toBeGreaterThan(0);
  });
  expect(ticks.filter((tick) => tick.label.includes('Nov')).length).toBe(2);
});

test('runs of one minute say so once', () => {
  expect(ticksOf(every(20, 1000), 50).map((tick) => tick.label).length).toBe(1);
});

test('trouble is drawn over what is well', () => {
  const columns = [column(1, 'bad'), column(2), column(3, 'warn')];
  expect(byTone(columns, () => 'M').map(([tone]) => tone)).toEqual(['bar', 'warn', 'bad']);
});
