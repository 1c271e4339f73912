import { expect, it } from 'vitest';
import { startOf } from './day';

it('is midnight where the browser is', () => {
  expect(startOf('2026-11-28')).toBe(new Date(2026, 10, 28).toISOString());
  expect(startOf('2026-11-30', 1)).toBe(new Date(2026, 11, 1).toISOString());
});
it('is nothing for what is no day', () => {
  expect(startOf(undefined)).toBeUndefined();
  expect(startOf('yesterday')).toBeUndefined();
  expect(startOf('2026-13-45')).toBeUndefined();
});
