import { expect, test } from 'vitest';
import page from '../../../../../docs/outcomes.md?raw';
import { helpFor, outcomeName } from './outcomes';

test('each outcome has the help that the server gives', () => {
  const rows = [...page.matchAll(/^\| `(\w+)` \| (.+) \|$/gm)];
  expect(rows.length).toBeGreaterThan(15);
  for (const [, outcome, help] of rows) expect([outcome, helpFor(outcome!)]).toEqual([outcome, help]);
});

test('outcomes are named as people say them', () => {
  expect(['connect_refused', 'dns_failed', 'succeeded'].map(outcomeName)).toEqual([
    'Connect refused',
    'DNS failed',
    'Delivered',
  ]);
});
