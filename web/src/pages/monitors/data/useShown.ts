import { useMemo } from 'react';
import type { Search } from '../../../parts/search';
import type { Window } from './ranges';
import { idOf, isOver, startOf, type Run } from './run';
import { useRuns } from './useRuns';

/** The runs of a stretch, those of the stretch before, and those of it that fit the filters. */
export function useShown(uid: string, { from, to, before }: Window, { type, result }: Search) {
  const asked = useRuns(uid, { since: before, until: to });
  const all = asked.data?.runs;
  const shown = useMemo(() => within(all ?? [], from, to), [all, from, to]);
  const earlier = useMemo(() => within(all ?? [], before, from), [all, before, from]);
  const isCut = asked.data?.hasMore === true && earlier.length === 0;

  // Of a stretch with more runs than are read, those that fit are asked for by themselves.
  const isNarrowed = isCut && (type ?? result) !== undefined;
  const narrowed = useRuns(uid, { since: from, until: to, trigger: type, status: result }, isNarrowed);
  const rare = isNarrowed && !narrowed.isPlaceholderData ? narrowed.data : undefined;
  const runs = useMemo(() => {
    const near = shown.filter(
      (run) =>
        (type === undefined || run.info.trigger === type) &&
        (result === undefined || run.info.status === result || !isOver(run)),
    );
    const known = new Set(near.map(idOf));
    return [...within(rare?.runs ?? [], from, to).filter((run) => !known.has(idOf(run))), ...near];
  }, [shown, rare, type, result, from, to]);
  return { asked, all, shown, earlier, runs, isCut, hasMore: isCut && rare?.hasMore !== false };
}

/** Those that began in a stretch, the oldest first. */
const within = (runs: Run[], from: number, to: number): Run[] =>
  runs.filter((run) => startOf(run) >= from && startOf(run) < to).reverse();
