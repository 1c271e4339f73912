// @vitest-environment happy-dom
import { cleanup, renderHook } from '@testing-library/react';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { turnSingleKeys, useGo, useKeys, useSearchKeys } from './keys';

const press = (key: string, at: Element = document.body, more: KeyboardEventInit = {}) =>
  at.dispatchEvent(new KeyboardEvent('keydown', { key, bubbles: true, cancelable: true, ...more }));
const focused = (html: string) => {
  document.body.innerHTML = html;
  return document.body.firstElementChild!;
};

beforeEach(() => {
  document.body.innerHTML = '';
  localStorage.clear();
});

afterEach(cleanup);

describe('useKeys', () => {
  it('takes a key of the page, and none while somebody types', () => {
    const next = vi.fn();
    renderHook(() => useKeys({ j: next }));
    press('j');
    press('J');
    press('j', focused('<input>'));
    press('j', focused('<div role="dialog"></div>'));
    press('j', document.body, { ctrlKey: true });
    expect(next).toHaveBeenCalledTimes(1);
    press('j', focused('<input type="checkbox">'));
    expect(next).toHaveBeenCalledTimes(2);
  });

  it('leaves Enter to the link that has the focus', () => {
    const open = vi.fn();
    renderHook(() => useKeys({ Enter: open }));
    press('Enter', focused('<a href="/">there</a>'));
    expect(open).not.toHaveBeenCalled();
    press('Enter');
    expect(open).toHaveBeenCalledTimes(1);
  });

  it('takes no letters when they are turned off', () => {
    const next = vi.fn();
    renderHook(() => useKeys({ j: next, ArrowDown: next }));
    turnSingleKeys(false);
    press('j');
    press('ArrowDown');
    expect(next).toHaveBeenCalledTimes(1);
  });
});

describe('useGo', () => {
  const goes = vi.fn();
  const own = vi.fn();
  beforeEach(() => {
    vi.clearAllMocks();
    renderHook(() => {
      useKeys({ d: own, j: own });
      useGo({ d: goes });
    });
  });
  afterEach(() => void vi.useRealTimers());

  it('goes, and the page does not hear the letter', () => {
    press('g');
    press('d');
    expect([goes.mock.calls.length, own.mock.calls.length]).toEqual([1, 0]);
    press('d');
    expect([goes.mock.calls.length, own.mock.calls.length]).toEqual([1, 1]);
  });

  it('is over after another key, in a field, and after a while', () => {
    press('g');
    press('j');
    press('d');
    expect([goes.mock.calls.length, own.mock.calls.length]).toEqual([0, 2]);
    press('g');
    press('d', focused('<input>'));
    expect(goes).not.toHaveBeenCalled();
    vi.useFakeTimers();
    press('g');
    vi.advanceTimersByTime(2000);
    press('d');
    expect(goes).not.toHaveBeenCalled();
  });
});

it('goes to the search field by / and back by Escape', () => {
  renderHook(() => useSearchKeys());
  const field = focused('<input data-search>');
  press('/');
  expect(document.activeElement).toBe(field);
  press('Escape', field);
  expect(document.activeElement).toBe(document.body);
});
