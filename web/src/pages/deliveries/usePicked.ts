import { useCallback, useMemo, useState } from 'react';
import type { Row } from './rows';

const NONE: ReadonlySet<string> = new Set();

/** Which rows are selected; a range goes from the one that was selected last. What is no longer shown is no longer selected. */
export function usePicked(rows: Row[]) {
  const [ids, set] = useState(NONE);
  const [from, setFrom] = useState<string>();
  const picked = useMemo(() => rows.filter((row) => ids.has(row.id)), [rows, ids]);

  const toggle = useCallback((id: string) => {
    setFrom(id);
    set((old) => {
      const next = new Set(old);
      if (!next.delete(id)) next.add(id);
      return next;
    });
  }, []);
  const range = useCallback(
    (id: string) => {
      const [a, b] = [
        rows.findIndex((row) => row.id === (from ?? id)),
        rows.findIndex((row) => row.id === id),
      ];
      if (a < 0 || b < 0) return toggle(id);
      const between = rows.slice(Math.min(a, b), Math.max(a, b) + 1);
      set((old) => new Set([...old, ...between.map((row) => row.id)]));
    },
    [rows, from, toggle],
  );
  const all = useCallback((on: boolean) => set(on ? new Set(rows.map((row) => row.id)) : NONE), [rows]);
  const none = useCallback(() => set(NONE), []);
  return { picked, isPicked: (id: string) => ids.has(id), toggle, range, all, none };
}

export type Picked = ReturnType<typeof usePicked>;
