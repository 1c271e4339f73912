import { useCallback, useRef, useState } from 'react';

/** Which rows are picked. With Shift all rows between the last click and this one follow it. */
export function usePicked(shown: string[]) {
  const [all, setAll] = useState<ReadonlySet<string>>(new Set());
  const last = useRef<string>(undefined);
  // What is filtered away or gone is not picked any more.
  const picked = shown.filter((id) => all.has(id));
  const pick = useCallback(
    (id: string, isPicked: boolean, wholeRange: boolean) => {
      const [from, to] = [shown.indexOf(last.current ?? id), shown.indexOf(id)];
      const range = wholeRange && from >= 0 ? shown.slice(Math.min(from, to), Math.max(from, to) + 1) : [id];
      last.current = id;
      setAll((old) => {
        const next = new Set(old);
        for (const one of range) {
          if (isPicked) next.add(one);
          else next.delete(one);
        }
        return next;
      });
    },
    [shown],
  );
  const pickAll = (isPicked: boolean) => setAll(new Set(isPicked ? shown : []));
  return { picked, pick, pickAll };
}
