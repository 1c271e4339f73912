import { useQuery } from '@tanstack/react-query';
import { api, type Shape } from '../../../api/client';
import { isOver, type Run } from '../data/run';

type Delivery = Shape['DeliveryView'];

export interface Told {
  deliveries: Delivery[];
  /** Whether the search went back to this run; not: it is too long ago. */
  isFar: boolean;
}

/** So far back are deliveries looked through. */
const MOST_PAGES = 5;
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
    queryFn: ({ signal }) => told(uid, run, signal),
  });

async function told(uid: string, run: Run, signal: AbortSignal): Promise<Told> {
  const end = Date.parse(run.info.finishedAt!);
  const near: Delivery[] = [];
  let cursor: string | undefined;
  for (let page = 0; page < MOST_PAGES; page += 1) {
    const { data } = await api.GET('/deliveries', {
      params: { query: { event: 'monitor_results', limit: 100, cursor } },
      signal,
    });
    const { deliveries, meta } = data!;
    near.push(...deliveries.filter((it) => isAt(it, end)));
    const oldest = deliveries.at(-1);
    cursor = meta.nextCursor ?? undefined;
    if (!cursor || !oldest || Date.parse(oldest.createdAt) < end) break;
    if (page === MOST_PAGES - 1) return { deliveries: [], isFar: true };
  }
  const mine = await Promise.all(near.map((it) => isOf(it.id, uid, run, signal)));
  return { deliveries: near.filter((_, at) => mine[at]), isFar: false };
}

const isAt = ({ createdAt }: Delivery, end: number) => {
  const after = Date.parse(createdAt) - end;
  return after >= 0 && after < WITHIN_MS;
};

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
