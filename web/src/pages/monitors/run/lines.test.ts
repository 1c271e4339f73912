import { expect, test } from 'vitest';
import type { Run } from '../data/run';
import { asText, filterLines, linesOf } from './lines';

const run = {
  info: { jobId: 'r', monitorId: 'm', name: 'M', collectionUid: 'c', status: 'failure', trigger: 'manual' },
  executions: [
    {
      id: 1,
      item: { name: 'Pay' },
      request: { method: 'POST', url: 'http://a/pay', headers: {}, timestamp: '2026-11-27T23:55:34.455Z' },
      response: { code: 503, headers: {}, responseTime: 121, responseSize: 36 },
      assertions: [],
      errors: [],
    },
  ],
  console: [
    { execution: 1, level: 'log', text: 'answered' },
    { execution: 1, level: 'warn', text: 'slow' },
    { execution: 0, level: 'log', text: 'before all' },
  ],
  failures: [
    {
      execution: 1,
      item: { name: 'Pay' },
      name: 'AssertionError',
      message: 'got 503',
      assertion: 'Status is 200',
    },
  ],
} as unknown as Run;

test('requests, what was said of them and what failed, in order', () => {
  const lines = linesOf(run);
  expect(lines.map((line) => `${line.level} ${line.source}: ${line.text}`)).toEqual([
    'info Pay: POST http://a/pay → 503, 121 ms, 36 B',
    'log Pay: answered',
    'warn Pay: slow',
    'error Pay: AssertionError: got 503 (Status is 200)',
    'log Run: before all',
  ]);
  expect(filterLines(lines, 'warn', '').length).toBe(2);
  expect(filterLines(lines, 'error', '').length).toBe(1);
  expect(filterLines(lines, 'all', ' SLOW ').length).toBe(1);
  expect(asText(lines).split('\n')[0]).toContain('2026-11-27T23:55:34.455Z\tinfo\tPay');
});
