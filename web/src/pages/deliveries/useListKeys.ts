import { useRef, type KeyboardEvent as Pressed } from 'react';
import { useKeys } from '../../shell/keys';
import type { Row } from './rows';
import type { Picked } from './usePicked';
import { isFailure } from './words';

interface ListKeys {
  rows: Row[];
  current: string | undefined;
  isWide: boolean;
  picked: Picked;
  open: (id: string) => void;
  /** Goes to a row: opens it too, where there is room. */
  move: (id: string) => void;
  /** Reads on, where there is more. */
  more: (() => void) | undefined;
  close: () => void;
  redeliver: (id: string) => void;
}

/** So many rows does Page Down go on. */
const PAGE = 8;

/** The list's keys, wherever the focus is. What comes back is for the list itself: it takes arrows too. */
export function useListKeys(it: ListKeys) {
  const { rows, current, picked, open, move } = it;
  const place = useRef(0);
  const found = rows.findIndex((row) => row.id === current);
  if (found >= 0) place.current = found;
  // What has left the list, because it no longer fits, leaves its place.
  const at = found >= 0 ? found : current ? place.current - 1 : -1;

  const go = (to: number) => {
    const goal = rows[Math.max(0, Math.min(rows.length - 1, to))];
    if (goal && goal.id !== current) move(goal.id);
    if (to >= rows.length - 1) it.more?.();
  };
  const nextFailure = () => {
    const to = rows.findIndex((row, index) => index > at && isFailure(row));
    if (to >= 0) go(to);
    else it.more?.();
  };
  const letters: Record<string, () => void> = {
    j: () => go(at + 1),
    k: () => go(at - 1),
    e: nextFailure,
    x: () => current && picked.toggle(current),
    X: () => current && picked.range(current),
    r: () => current && it.redeliver(current),
  };
  const escape = () => {
    if (picked.picked.length > 0) picked.none();
    else it.close();
  };
  useKeys({ ...letters, Escape: escape });

  const ofList: Record<string, () => void> = {
    ArrowDown: letters['j']!,
    ArrowUp: letters['k']!,
    PageDown: () => go(at + PAGE),
    PageUp: () => go(at - PAGE),
    Home: () => go(0),
    End: () => go(rows.length - 1),
  };
  return (event: Pressed) => {
    const target = event.target as HTMLElement;
    if (event.ctrlKey || event.metaKey || event.altKey) return;
    if (event.key === 'Enter' && target.role === 'row' && current) {
      event.preventDefault();
      if (!it.isWide) return open(current);
      document.getElementById(DETAIL)?.focus();
      return;
    }
    const act = ofList[event.key];
    if (!act) return;
    event.preventDefault();
    act();
  };
}

/** The heading of what is open: Enter goes there. */
export const DETAIL = 'delivery-title';
