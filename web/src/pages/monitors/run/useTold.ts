import { useQuery } from '@tanstack/react-query';
import { api, type Shape } from '../../../api/client';
import { isOver, type Run } from '../data/run';

type Delivery = Shape['DeliveryView'];

/** An event is written as the run ends. */
const WITHIN_MS = 5000;

/**
 * The deliveries that a run caused. A delivery doesn't name its run, but it names the monitor, was made as the run ended
 * and tells the run's figures.
 */
export const useTold = (uid: string, run: Run) =>
  useQuery({
    queryKey: ['get', '/deliveries', 'of-run', run.info.jobId],
    enabled: isOver(run) && run.info.finishedAt != null,
    queryFn: async ({ signal }) => {
      const near = await madeAfter(run.info.finishedAt!, signal);
      // Those of one event are all of one run.
      const events = [...new Map(near.map((it) => [it.eventId, it])).values()];
      const mine = await Promise.all(events.map((it) => isOf(it.id, uid, run, signal)));
      const own = new Set(events.filter((_, at) => mine[at]).map((it) => it.eventId));
      return near.filter((it) => own.has(it.eventId));
    },
  });

/** The results that were told in the moments after the end of a run. */
async function madeAfter(since: string, signal: AbortSignal): Promise<Delivery[]> {
  const until = new Date(Date.parse(since) + WITHIN_MS).toISOString();
  const deliveries: Delivery[] = [];
  let cursor: string | undefined;
  do {
    const { data } = await api.GET('/deliveries', {
      params: { query: { event: 'monitor_results', since, until, limit: 100, cursor } },
      signal,
    });
    deliveries.push(...data!.deliveries);
    cursor = data!.meta.nextCursor ?? undefined;
  } while (cursor);
  return deliveries;
}

interface Results {
  monitor_uid?: string;
  metrics?: { totalLatency?: number; failedTests?: number; requestCount?: number };
}

async function isOf(id: string, uid: string, { stats }: Run, signal: AbortSignal): Promise<boolean> {
  const { data } = await api.GET('/deliveries/{id}', { params: { path: { id } }, signal });
  const payload = data?.event?.payload as Results | null | undefined;
  return (
    payload?.monitor_uid === uid &&
    payload.metrics?.totalLatency === stats?.responseLatency &&
    payload.metrics?.failedTests === stats?.assertions.failed &&
    payload.metrics?.requestCount === stats?.requests.total
  );
}
