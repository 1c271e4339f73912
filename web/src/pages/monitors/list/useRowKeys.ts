import { useRef } from 'react';
import { useKeys } from '../../../shell/keys';

/** J and K go from row to row, X selects the one that has the focus; Enter opens it, as a link does. */
export function useRowKeys(toggle: ((at: number) => void) | undefined) {
  const list = useRef<HTMLUListElement>(null);
  const rows = () => [...(list.current?.children ?? [])];
  const focused = () => rows().findIndex((row) => row.contains(document.activeElement));
  const go = (by: number) => {
    const all = rows();
    const at = Math.min(all.length - 1, Math.max(0, focused() + by));
    all[at]?.querySelector('a')?.focus();
  };
  useKeys({
    j: () => go(1),
    k: () => go(-1),
    x: () => {
      const at = focused();
      if (at >= 0) toggle?.(at);
    },
  });
  return list;
}
