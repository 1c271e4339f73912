import { queryOptions, useQueries, useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { api, query, type Shape } from '../../api/client';

export type Replay = Shape['ReplayView'];
export type Chosen = Shape['ReplayFields'];

/** How many deliveries would be made again. */
export const useCount = (chosen: Chosen) =>
  useQuery({
    queryKey: ['count', '/replays', chosen],
    queryFn: async ({ signal }) => {
      const { data } = await api.POST('/replays', {
        params: { query: { dryRun: true } },
        body: { replay: chosen },
        signal,
      });
      return data!.replay.total;
    },
  });

const oneQuery = (id: string) =>
  queryOptions({
    queryKey: ['get', '/replays/{id}', id],
    queryFn: async ({ signal }) => {
      const { data } = await api.GET('/replays/{id}', { params: { path: { id } }, signal });
      return data!.replay;
    },
    refetchInterval: ({ state: { data } }) => (data?.state === 'running' ? 1000 : false),
  });

/** The replays that go on, also after a reload; and those that have ended since the page was opened, until they are put away. */
export function useReplays() {
  const [seen, see] = useState<string[]>([]);
  const { data } = query.useQuery('get', '/replays', { params: { query: { limit: 20 } } });
  const running = (data?.replays ?? []).flatMap(({ id, state }) => (id && state === 'running' ? [id] : []));
  const unseen = running.filter((id) => !seen.includes(id));
  if (unseen.length > 0) see([...unseen, ...seen]);
  const asked = useQueries({ queries: seen.map(oneQuery) });
  return {
    replays: asked.flatMap(({ data }) => (data ? [data] : [])),
    putAway: (id: string) => see((old) => old.filter((one) => one !== id)),
    watch: (id: string) => see((old) => (old.includes(id) ? old : [id, ...old])),
  };
}
