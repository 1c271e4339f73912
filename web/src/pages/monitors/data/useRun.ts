import { useQueries, useQuery } from '@tanstack/react-query';
import { useMemo } from 'react';
import { api, type Shape } from '../../../api/client';
import { idOf, isOver, type Run } from './run';

export const runQuery = (id: string) => ({
  queryKey: ['get', '/runs/{id}', id],
  queryFn: async ({ signal }: { signal: AbortSignal }): Promise<Run> =>
    (await api.GET('/runs/{id}', { params: { path: { id } }, signal })).data!.run,
});

/** One run in full. What is over stays as it is, so that it is read once. */
export const useRun = (id: string | undefined) =>
  useQuery({
    ...runQuery(id ?? ''),
    enabled: id !== undefined,
    staleTime: ({ state }) => (state.data && isOver(state.data) ? 'static' : 0),
  });

/** The times of a run's requests, by their names. */
export type Times = Map<string, number[]>;

/** So many runs' requests are looked into. */
export const MOST_LOOKED_INTO = 60;

/**
 * The requests of the newest of these runs. One call tells of a monitor's newest runs; those that it doesn't tell, or
 * not each request by itself, are read one by one, each once. Without `all` only the newest is looked into: for names.
 */
export function useRequestTimes(uid: string, runs: Run[], all: boolean) {
  const over = useMemo(() => runs.filter(isOver).slice(all ? -MOST_LOOKED_INTO : -1), [runs, all]);
  const told = useQuery({
    queryKey: ['get', '/monitors/{uid}/requests', uid],
    enabled: all,
    queryFn: async ({ signal }) => {
      const params = { path: { uid }, query: { limit: MOST_LOOKED_INTO } };
      return (await api.GET('/monitors/{uid}/requests', { params, signal })).data!.requests;
    },
  });
  const known = useMemo(() => timesOfAll(told.data ?? [], over), [told.data, over]);
  const others = all && told.isPending ? [] : over.map(idOf).filter((id) => !known.has(id));
  const read = useQueries({
    queries: others.map((id) => ({ ...runQuery(id), staleTime: 'static' as const, select: timesOf })),
    combine: (results) => ({
      isPending: results.some((result) => result.isPending),
      error: results.find((result) => result.error)?.error,
      times: results.map(({ data }) => data),
    }),
  });
  const one = others.join();
  const times = useMemo(() => {
    const apart = new Map(one.split(',').map((id, at) => [id, read.times[at]]));
    return new Map(
      over.flatMap((run) => {
        const times = known.get(idOf(run)) ?? apart.get(idOf(run));
        return times ? [[idOf(run), times] as const] : [];
      }),
    );
  }, [over, known, one, read.times]);
  return {
    isPending: (all && told.isPending) || read.isPending,
    error: (told.data ? undefined : told.error) ?? read.error,
    times,
  };
}

/**
 * What one call tells of runs. It tells the mean of a request's times, so that it is good for the runs in which no
 * request was made twice: those with as many requests as it tells.
 */
export function timesOfAll(requests: Shape['RequestOfRuns'][], runs: Run[]): Map<string, Times> {
  const all = new Map(runs.map((run) => [idOf(run), { run, times: new Map<string, number[]>(), count: 0 }]));
  for (const { name, runs } of requests)
    for (const { runId, averageMs } of runs) {
      const own = all.get(runId);
      if (!own) continue;
      own.count += 1;
      const list = own.times.get(name) ?? [];
      if (averageMs != null) list.push(averageMs);
      own.times.set(name, list);
    }
  const whole = [...all].filter(([, { run, count }]) => count > 0 && count === run.stats?.requests.total);
  return new Map(whole.map(([id, { times }]) => [id, times]));
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
