import { useCallback, useEffect, useLayoutEffect, useMemo, useRef, useState } from 'react';
import { split, type Split } from './held';

/** As long as the animation of `.fresh`. */
const FRESH_MS = 2400;
const NONE: ReadonlySet<string> = new Set();

interface Options<T> {
  id: (row: T) => string;
  /** Whether somebody reads: what is new waits. */
  hold: boolean;
  /** Which list it is, such as its filters: of another one nothing is new. */
  list?: string;
}

interface Held<T> extends Split<T> {
  /** The ids of what has just come in: `className={fresh.has(id) ? 'fresh' : undefined}`. */
  fresh: ReadonlySet<string>;
  /** Shows what waits. */
  show: () => void;
}

interface Known {
  list: string;
  ids: ReadonlySet<string>;
}

/**
 * A live list in which nothing jumps: what is new flashes at the top, or waits behind a button "3 new" while somebody
 * has scrolled or selected. Rows that are known change where they stand.
 */
export function useHeld<T>(rows: T[] | undefined, { id, hold, list = '' }: Options<T>): Held<T> {
  const name = useRef(id);
  name.current = id;
  const [known, know] = useState<Known>();
  const [fresh, freshen] = useState(NONE);
  const timers = useRef(new Set<ReturnType<typeof setTimeout>>());

  const { shown, waiting } = useMemo<Split<T>>(() => {
    if (!rows) return { shown: [], waiting: [] };
    // The first rows of a list are all known.
    if (known?.list !== list) return { shown: rows, waiting: [] };
    return split(rows, known.ids, (row) => name.current(row));
  }, [rows, known, list]);

  const letIn = useCallback(
    (more: T[]) => {
      const ids = more.map((row) => name.current(row));
      know((old) => ({ list, ids: new Set([...(old?.list === list ? old.ids : []), ...ids]) }));
      return ids;
    },
    [list],
  );

  const show = useCallback(() => {
    if (waiting.length === 0) return;
    const ids = letIn(waiting);
    freshen((old) => new Set([...old, ...ids]));
    const timer = setTimeout(() => {
      timers.current.delete(timer);
      freshen((old) => new Set([...old].filter((one) => !ids.includes(one))));
    }, FRESH_MS);
    timers.current.add(timer);
  }, [waiting, letIn]);

  // Before it is painted, so that a row that may come in is never seen to wait.
  useLayoutEffect(() => {
    if (!rows) return;
    const isNew = known?.list !== list;
    const unknown = isNew ? rows : shown.filter((row) => !known.ids.has(name.current(row)));
    // A list that was empty and has something now: that is news too, though there is nothing that could jump.
    if (!isNew && known.ids.size === 0 && unknown.length > 0) freshen(new Set(unknown.map(name.current)));
    if (isNew || unknown.length > 0) letIn(unknown);
    if (!hold) show();
  }, [rows, known, list, shown, hold, letIn, show]);

  useEffect(() => {
    const all = timers.current;
    return () => all.forEach(clearTimeout);
  }, []);

  return { shown, waiting, fresh, show };
}
