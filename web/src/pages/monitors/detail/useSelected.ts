import { useRef, useState } from 'react';
import type { Search } from '../../../parts/search';
import { useKeys } from '../../../shell/keys';
import { hasFailed, idOf, startOf, type Run } from '../data/run';

interface Selected {
  id: string | undefined;
  select: (id: string) => void;
  previous: (() => void) | undefined;
  next: (() => void) | undefined;
}

/**
 * Which run is looked at: the one that the address names, or the one nearest to a date, or the newest. The newest stays
 * the one it was when the page was opened: what somebody reads should not go away because another run ended.
 */
export function useSelected(runs: Run[], address: Search, change: (change: Search) => void): Selected {
  // The address follows a moment later; who holds an arrow key down doesn't wait for it.
  const pending = useRef<string>(undefined);
  const [, draw] = useState(0);
  if (pending.current === address['run']) pending.current = undefined;
  const select = (run: string) => {
    pending.current = run;
    draw((count) => count + 1);
    change({ run });
  };
  const pinned = useRef<string>(undefined);
  const isThere = (id: string | undefined) => runs.some((run) => idOf(run) === id);
  if (!isThere(pinned.current)) pinned.current = runs.length > 0 ? idOf(runs.at(-1)!) : undefined;
  const around = address['at'] ? nearest(runs, Date.parse(address['at'])) : undefined;
  const id = pending.current ?? address['run'] ?? around ?? pinned.current;
  const at = runs.findIndex((run) => idOf(run) === id);
  const to = (run: Run | undefined) => run && (() => select(idOf(run)));
  const previous = at < 0 ? undefined : to(runs[at - 1]);
  const next = at < 0 ? undefined : to(runs[at + 1]);
  useKeys({
    '[': () => previous?.(),
    ']': () => next?.(),
    // Towards the past, and from the oldest on from the newest again.
    e: () => to([...runs.slice(0, Math.max(at, 0)).reverse(), ...[...runs].reverse()].find(hasFailed))?.(),
  });
  return { id, select, previous, next };
}

function nearest(runs: Run[], time: number): string | undefined {
  const far = (run: Run) => Math.abs(startOf(run) - time);
  const [first, ...others] = runs;
  return first && idOf(others.reduce((best, run) => (far(run) < far(best) ? run : best), first));
}
