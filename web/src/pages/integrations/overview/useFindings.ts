import { api, query } from '../../../api/client';
import { useQuery } from '@tanstack/react-query';
import type { IntegrationView } from '../standing';
import { useHealth } from '../health';
import type { Findings } from './diagnosis';

/** Among so many deliveries that wait the one that is due first is looked for. */
const LOOKED_AT = 100;

/** What is known of an integration, put together from what the API tells. Nothing until all of it is there. */
export function useFindings(it: IntegrationView) {
  const of = (status?: string) => ({
    params: { path: { id: it.id }, query: { limit: status ? LOOKED_AT : 25, ...(status && { status }) } },
  });
  const health = useHealth(it.id, 24);
  const waiting = query.useQuery('get', '/integrations/{id}/deliveries', of('scheduled'));
  const newest = query.useQuery('get', '/integrations/{id}/deliveries', of());
  const others = query.useQuery('get', '/deliveries', { params: { query: { event: it.event, limit: 1 } } });
  const monitor = query.useQuery(
    'get',
    '/monitors/{uid}',
    { params: { path: { uid: it.monitor ?? '' } } },
    { enabled: it.monitor != null, retry: false },
  );
  const tried = it.failingSince
    ? newest.data?.deliveries.find(({ attemptCount, status }) => attemptCount > 0 && status !== 'succeeded')
    : undefined;
  const trouble = useQuery({
    queryKey: ['get', '/deliveries/{id}', tried?.id, tried?.attemptCount],
    enabled: tried !== undefined,
    queryFn: async () => {
      const { data } = await api.GET('/deliveries/{id}', { params: { path: { id: tried!.id } } });
      return data!.attempts.at(-1) ?? null;
    },
  });
  const asked = [health, waiting, newest, others];
  const run = monitor.data?.monitor;
  const data: Findings | undefined =
    health.data && waiting.data && newest.data && others.data
      ? {
          integration: it,
          held: health.data.health.held,
          waiting: health.data.health.pending,
          nextAt: earliest(waiting.data.deliveries),
          trouble: trouble.data ?? undefined,
          lastAt: newest.data.deliveries[0]?.createdAt ?? null,
          othersHear: others.data.deliveries.length > 0,
          ...(run && {
            monitor: {
              name: run.name,
              active: run.active,
              hasRun: run.lastRun != null,
              failureStreak: run.failureStreak,
            },
          }),
        }
      : undefined;
  return {
    data,
    error: (asked.find(({ error }) => error)?.error as unknown) ?? null,
    isPending: asked.some(({ isPending }) => isPending),
    refetch: () => Promise.all(asked.filter(({ data }) => !data).map(({ refetch }) => refetch())),
  };
}

interface Page {
  deliveries: { nextAttemptAt?: string | null }[];
}

const earliest = (deliveries: Page['deliveries']) =>
  deliveries
    .map(({ nextAttemptAt }) => nextAttemptAt)
    .filter((at) => at != null)
    .sort()[0] ?? null;
