import { describe, expect, it } from 'vitest';
import { leavesGap, put, type Row, type Rows } from './rows';

const row = (id: string, status = 'succeeded') => ({ id, status }) as Row;
const rows = (ids: string, next?: string): Rows => ({ rows: [...ids].map((id) => row(id)), next });
const ids = (known: Rows) => known.rows.map((one) => one.id).join('');

describe('put', () => {
  it('takes the first rows as they are', () => {
    expect(ids(put(undefined, { cursor: undefined, ...rows('cb', 'b') }))).toBe('cb');
  });

  it('puts new ones on top and keeps what reaches further down', () => {
    const known = put(rows('edcba'), { cursor: undefined, ...rows('gfe', 'e') });
    expect(ids(known)).toBe('gfedcba');
    expect(known.next).toBeUndefined();
  });

  it('goes on below', () => {
    const known = put(rows('ed', 'd'), { cursor: 'd', ...rows('cb', 'b') });
    expect(ids(known)).toBe('edcb');
    expect(known.next).toBe('b');
    expect(put(known, { cursor: 'b', ...rows('a') }).next).toBeUndefined();
  });

  it('drops what no longer belongs to a stretch, and only that', () => {
    expect(ids(put(rows('fedcba'), { cursor: 'e', ...rows('db', 'b') }))).toBe('fedba');
    expect(ids(put(rows('fedcba'), { cursor: undefined, ...rows('') }))).toBe('');
  });

  it('keeps the identity of what has not changed', () => {
    const known = rows('cba');
    const after = put(known, { cursor: undefined, rows: [row('c'), row('b', 'exhausted')], next: 'b' });
    expect(after.rows[0]).toBe(known.rows[0]);
    expect(after.rows[1]).not.toBe(known.rows[1]);
    expect(after.rows[2]).toBe(known.rows[2]);
  });
});

describe('leavesGap', () => {
  it('is told by the end of what was read', () => {
    expect(leavesGap(rows('cba'), { cursor: undefined, ...rows('gfe', 'e') })).toBe(true);
    expect(leavesGap(rows('cba'), { cursor: undefined, ...rows('edc', 'c') })).toBe(false);
    expect(leavesGap(rows('cba'), { cursor: undefined, ...rows('gf') })).toBe(false);
    expect(leavesGap(undefined, { cursor: undefined, ...rows('gf', 'f') })).toBe(false);
  });
});
