import { describe, expect, it } from 'vitest';
import type { Row } from './rows';
import { changes, said } from './useTold';

const row = (id: string, status = 'succeeded', attemptCount = 1) => ({ id, status, attemptCount }) as Row;

describe('what is said', () => {
  it('is one sentence', () => {
    expect(said(3, 1)).toBe('3 new deliveries, 1 failed');
    expect(said(1, 0)).toBe('1 new delivery');
    expect(said(0, 2)).toBe('2 deliveries failed');
  });

  it('counts what is new at the top, and what has begun to fail', () => {
    const before = new Map([
      ['c', false],
      ['b', true],
    ]);
    const rows = [
      row('d', 'scheduled', 2),
      row('c', 'exhausted'),
      row('b', 'exhausted'),
      row('a', 'exhausted'),
    ];
    expect(changes(before, rows)).toEqual([1, 2]);
  });
});
