import { keepPreviousData, useQuery, type QueryClient } from '@tanstack/react-query';
import { api } from '../../../api/client';
import { idOf, isOver, startOf, type Run } from './run';

/** So many runs are read at most; older ones are found by going to their date. */
export const MOST_RUNS = 1000;
const PAGE = 100;
/** While a run goes on it is looked at this often. */
export const WATCH_MS = 1000;

export interface Runs {
  /** The newest first. */
  runs: Run[];
  /** Whether there are older ones within what was asked for. */
  hasMore: boolean;
}

/** A monitor's runs from a time on. What is known already is not read again: only what is newer than it. */
export function useRuns(uid: string, since: number) {
  // Without a name of its own, each second would have its own list.
  const hour = Math.floor(since / 3_600_000) * 3_600_000;
  const queryKey = ['get', '/monitors/runs', uid, hour];
  return useQuery({
    queryKey,
    queryFn: ({ client, signal }) => read(uid, hour, client.getQueryData<Runs>(queryKey), signal),
    placeholderData: keepPreviousData,
    refetchInterval: ({ state }) => (state.data?.runs.some((run) => !isOver(run)) ? WATCH_MS : false),
  });
}

async function read(uid: string, since: number, known: Runs | undefined, signal: AbortSignal): Promise<Runs> {
  const runs: Run[] = [];
  let cursor: string | undefined;
  for (;;) {
    const { data } = await api.GET('/monitors/{uid}/runs', {
      params: { path: { uid }, query: { limit: PAGE, cursor } },
      signal,
    });
    runs.push(...data!.runs);
    cursor = data!.meta.nextCursor ?? undefined;
    const oldest = runs.at(-1);
    if (!oldest || startOf(oldest) < since) return { runs, hasMore: false };
    const overlap = known?.runs.findIndex((run) => idOf(run) === idOf(oldest)) ?? -1;
    if (overlap >= 0)
      return {
        runs: [...runs, ...known!.runs.slice(overlap + 1)].slice(0, MOST_RUNS),
        hasMore: known!.hasMore,
      };
    if (!cursor) return { runs, hasMore: false };
    if (runs.length >= MOST_RUNS) return { runs, hasMore: true };
  }
}

/** Has a run that was just asked for shown before the list is read again. */
export const readAgain = (client: QueryClient, uid: string) =>
  client.invalidateQueries({ queryKey: ['get', '/monitors/runs', uid] });
