import { useQuery } from '@tanstack/react-query';
import { api } from '../../api/client';
import { healthOf, type Delivery } from './health';

const PAGE = 100;
const MOST_PAGES = 10;

/** How one integration has done in so many hours. */
export function useHealth(id: string, hours: number) {
  return useQuery({
    queryKey: ['health', id, hours],
    queryFn: async ({ signal }) => {
      const found = await since(hours, (query) =>
        api
          .GET('/integrations/{id}/deliveries', { params: { path: { id }, query }, signal })
          .then(({ data }) => data!),
      );
      return healthOf(found.deliveries, hours, found.isPart);
    },
    refetchInterval: 15_000,
    placeholderData: (old) => old,
  });
}

/** How all integrations have done in the last day, by id. */
export function useHealths() {
  return useQuery({
    queryKey: ['health', 'all'],
    queryFn: async ({ signal }) => {
      const found = await since(24, (query) =>
        api.GET('/deliveries', { params: { query }, signal }).then(({ data }) => data!),
      );
      const by = new Map<string, Delivery[]>();
      for (const delivery of found.deliveries) {
        const own = by.get(delivery.integrationId);
        if (own) own.push(delivery);
        else by.set(delivery.integrationId, [delivery]);
      }
      const healths = [...by].map(([id, own]) => [id, healthOf(own, 24, found.isPart)] as const);
      return { of: new Map(healths), isPart: found.isPart, none: healthOf([], 24, found.isPart) };
    },
    refetchInterval: 15_000,
  });
}

interface Page {
  deliveries: Delivery[];
  meta: { nextCursor?: string | null };
}

/** The deliveries of the last hours, the newest first, page by page. */
async function since(hours: number, read: (query: { limit: number; cursor?: string }) => Promise<Page>) {
  const from = Date.now() - hours * 3_600_000;
  const deliveries: Delivery[] = [];
  let cursor: string | undefined;
  for (let page = 0; page < MOST_PAGES; page += 1) {
    const found = await read({ limit: PAGE, ...(cursor && { cursor }) });
    const fresh = found.deliveries.filter(({ createdAt }) => Date.parse(createdAt) >= from);
    deliveries.push(...fresh);
    cursor = found.meta.nextCursor ?? undefined;
    if (!cursor || fresh.length < found.deliveries.length) return { deliveries, isPart: false };
  }
  return { deliveries, isPart: true };
}
