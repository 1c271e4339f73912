import { useQueries, useQuery } from '@tanstack/react-query';
import { api, query, type Shape } from '../../../api/client';
import { hasFailed, isOver, type Run } from './run';
import { WATCH_MS } from './useRuns';

/** So many bars has a monitor in the list. */
export const BARS = 60;

export interface MonitorLine {
  monitor: Shape['MonitorSummary'];
  /** Its schedule and streak; not there while they are read. */
  detail: Shape['MonitorView'] | undefined;
  /** Its last runs, the oldest first; not there while they are read. */
  runs: Run[] | undefined;
  state: State | undefined;
  /** Why its state or its runs could not be read. */
  trouble: unknown;
}

export const STATES = ['failing', 'running', 'healthy', 'paused', 'new'] as const;
export type State = (typeof STATES)[number];

/** How a monitor stands. One that runs is running, however it stood before. */
export function stateOf(detail: Shape['MonitorView'], runs: Run[] | undefined): State {
  const newest = runs?.at(-1);
  if (newest && !isOver(newest)) return 'running';
  if (!detail.active) return 'paused';
  if (detail.failureStreak > 0) return 'failing';
  return detail.lastRun ? 'healthy' : 'new';
}

/** Of the runs that are over, how many passed. */
export function passedOf(runs: Run[]): { passed: number; of: number } {
  const over = runs.filter(isOver);
  return { passed: over.filter((run) => !hasFailed(run)).length, of: over.length };
}

/** All monitors with their last runs. */
export function useOverview(workspace: string | undefined) {
  const list = useQuery({
    queryKey: ['get', '/monitors', 'all', workspace],
    queryFn: async ({ signal }) => {
      const monitors: Shape['MonitorSummary'][] = [];
      let cursor: string | undefined;
      do {
        const { data } = await api.GET('/monitors', {
          params: { query: { workspace, limit: 100, cursor } },
          signal,
        });
        monitors.push(...data!.monitors);
        cursor = data!.meta.nextCursor ?? undefined;
      } while (cursor);
      return monitors.sort((a, b) => a.name.localeCompare(b.name));
    },
  });
  const monitors = list.data ?? [];
  const details = useQueries({
    queries: monitors.map(({ uid }) =>
      query.queryOptions('get', '/monitors/{uid}', { params: { path: { uid } } }),
    ),
  });
  const runs = useQueries({
    queries: monitors.map(({ uid }) => ({
      ...query.queryOptions('get', '/monitors/{uid}/runs', {
        params: { path: { uid }, query: { limit: BARS } },
      }),
      refetchInterval: ({ state }: { state: { data?: { runs: Run[] } | undefined } }) =>
        state.data?.runs.some((run) => !isOver(run)) ? WATCH_MS : (false as const),
    })),
  });
  const lines = monitors.map((monitor, at): MonitorLine => {
    const detail = details[at]?.data?.monitor;
    const newestFirst = runs[at]?.data?.runs;
    const own = newestFirst && [...newestFirst].reverse();
    const trouble = details[at]?.error ?? runs[at]?.error;
    return { monitor, detail, runs: own, state: detail && stateOf(detail, own), trouble };
  });
  return { list, lines };
}
