// @vitest-environment happy-dom
import { act, renderHook } from '@testing-library/react';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { split } from './held';
import { useHeld } from './useHeld';

const same = (row: string) => row;
const draw = (rows: string[] | undefined, hold = false, list = 'all') =>
  renderHook((props) => useHeld(props.rows, { id: same, hold: props.hold, list: props.list }), {
    initialProps: { rows, hold, list },
  });

describe('split', () => {
  it('holds what is new above what is known, and lets in what follows', () => {
    expect(split(['e', 'd', 'c', 'b', 'a'], new Set(['d', 'b']), same)).toEqual({
      shown: ['d', 'b', 'a'],
      waiting: ['e', 'c'],
    });
  });

  it('shows all when nothing is known', () => {
    expect(split(['b', 'a'], new Set(), same)).toEqual({ shown: ['b', 'a'], waiting: [] });
  });
});

describe('useHeld', () => {
  beforeEach(() => void vi.useFakeTimers());
  afterEach(() => void vi.useRealTimers());

  it('shows the first rows without a flash', () => {
    const { result, rerender } = draw(undefined);
    expect(result.current.shown).toEqual([]);
    rerender({ rows: ['b', 'a'], hold: false, list: 'all' });
    expect(result.current.shown).toEqual(['b', 'a']);
    expect(result.current.fresh.size).toBe(0);
  });

  it('lets new rows in at once and has them flash for a moment', () => {
    const { result, rerender } = draw(['a']);
    rerender({ rows: ['b', 'a'], hold: false, list: 'all' });
    expect(result.current.shown).toEqual(['b', 'a']);
    expect([...result.current.fresh]).toEqual(['b']);
    act(() => vi.advanceTimersByTime(2400));
    expect(result.current.fresh.size).toBe(0);
  });

  it('holds new rows while somebody reads, and shows them when asked', () => {
    const { result, rerender } = draw(['a'], true);
    rerender({ rows: ['c', 'b', 'a'], hold: true, list: 'all' });
    expect(result.current.shown).toEqual(['a']);
    expect(result.current.waiting).toEqual(['c', 'b']);
    act(() => result.current.show());
    expect(result.current.shown).toEqual(['c', 'b', 'a']);
    expect([...result.current.fresh]).toEqual(['c', 'b']);
    rerender({ rows: ['d', 'c', 'b', 'a'], hold: true, list: 'all' });
    expect(result.current.waiting).toEqual(['d']);
  });

  it('shows what waits when nobody reads any more', () => {
    const { result, rerender } = draw(['a'], true);
    rerender({ rows: ['b', 'a'], hold: true, list: 'all' });
    rerender({ rows: ['b', 'a'], hold: false, list: 'all' });
    expect(result.current.shown).toEqual(['b', 'a']);
    expect(result.current.waiting).toEqual([]);
  });

  it('takes older rows, loaded by scrolling, as they come', () => {
    const { result, rerender } = draw(['c'], true);
    rerender({ rows: ['c', 'b', 'a'], hold: true, list: 'all' });
    expect(result.current.shown).toEqual(['c', 'b', 'a']);
    rerender({ rows: ['d', 'c', 'b', 'a'], hold: true, list: 'all' });
    expect(result.current.waiting).toEqual(['d']);
  });

  it('begins anew for another list', () => {
    const { result, rerender } = draw(['b', 'a'], true);
    rerender({ rows: ['x', 'b'], hold: true, list: 'failed' });
    expect(result.current.shown).toEqual(['x', 'b']);
    expect(result.current.waiting).toEqual([]);
  });

  it('has the first row of an empty list flash', () => {
    const { result, rerender } = draw([], true);
    rerender({ rows: ['a'], hold: true, list: 'all' });
    expect(result.current.shown).toEqual(['a']);
    expect([...result.current.fresh]).toEqual(['a']);
  });
});
