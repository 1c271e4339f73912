import { useQueries, useQuery } from '@tanstack/react-query';
import { useMemo } from 'react';
import { api } from '../../../api/client';
import { isOver, type Run } from './run';
import { WATCH_MS } from './useRuns';

export const runQuery = (id: string) => ({
  queryKey: ['get', '/runs/{id}', id],
  queryFn: async ({ signal }: { signal: AbortSignal }): Promise<Run> =>
    (await api.GET('/runs/{id}', { params: { path: { id } }, signal })).data!.run,
});

/** One run in full. What is over stays as it is, so that it is read once; what goes on is watched. */
export const useRun = (id: string | undefined) =>
  useQuery({
    ...runQuery(id ?? ''),
    enabled: id !== undefined,
    staleTime: ({ state }) => (state.data && isOver(state.data) ? 'static' : 0),
    refetchInterval: ({ state }) => (state.data && !isOver(state.data) ? WATCH_MS : false),
  });

/** The times of a run's requests, by their names. */
export type Times = Map<string, number[]>;

/** So many runs' requests are looked into. */
export const MOST_LOOKED_INTO = 60;

/** The requests of the newest of these runs: read one by one, each once. */
export function useRequestTimes(runs: Run[]) {
  const ids = runs
    .filter(isOver)
    .slice(-MOST_LOOKED_INTO)
    .map((run) => run.info.jobId);
  return useQueries({
    queries: ids.map((id) => ({ ...runQuery(id), staleTime: 'static' as const, select: timesOf })),
    combine: (results) => ({
      isPending: results.some((result) => result.isPending),
      error: results.find((result) => result.error)?.error,
      times: new Map(results.flatMap(({ data }, at) => (data ? [[ids[at]!, data] as const] : []))),
    }),
  });
}

function timesOf(run: Run): Times {
  const times: Times = new Map();
  for (const { item, response } of run.executions ?? []) {
    const list = times.get(item.name) ?? [];
    if (response) list.push(response.responseTime);
    times.set(item.name, list);
  }
  return times;
}

/** The names of all requests, in the order in which the newest run made them. */
export const useRequestNames = (times: Map<string, Times>): string[] =>
  useMemo(() => [...new Set([...times.values()].reverse().flatMap((it) => [...it.keys()]))], [times]);
