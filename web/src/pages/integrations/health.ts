import { query, type Shape } from '../../api/client';

export type Health = Shape['IntegrationHealth'];
export type HealthDetail = Shape['IntegrationHealthDetail'];

/** How one integration has done in so many hours. */
export const useHealth = (id: string, hours: number) =>
  query.useQuery(
    'get',
    '/integrations/{id}/health',
    { params: { path: { id }, query: { hours } } },
    { placeholderData: (old) => old },
  );

/** How all integrations have done in the last day. */
export const useHealths = () =>
  query.useQuery('get', '/integrations/health', { params: { query: { hours: 24 } } });

/** How many of the deliveries that have been tried at least once arrived, and how many have not so far. */
export function tried({ buckets }: Health) {
  const delivered = buckets.reduce((sum, it) => sum + it.delivered, 0);
  const missed = buckets.reduce((sum, it) => sum + it.failed + it.retrying, 0);
  return { delivered, missed, isPoor: delivered + missed > 0 && delivered / (delivered + missed) < POOR };
}

/** Below this share of success there is trouble. */
const POOR = 0.9;
