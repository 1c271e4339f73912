import type { Health } from '../integrations/health';

/** What was delivered and what failed so far of the deliveries of one hour. */
export interface Hour {
  from: number;
  delivered: number;
  failed: number;
}

/** The hours of several integrations as one; `all` says which hours there are. */
export function sumOf(healths: Health[], all: Health[]) {
  const hours = (all[0]?.buckets ?? []).map(({ start }, at) => {
    const hour: Hour = { from: Date.parse(start), delivered: 0, failed: 0 };
    for (const { buckets } of healths) {
      hour.delivered += buckets[at]?.delivered ?? 0;
      hour.failed += (buckets[at]?.failed ?? 0) + (buckets[at]?.retrying ?? 0);
    }
    return hour;
  });
  const sum = (what: 'delivered' | 'failed') => hours.reduce((total, hour) => total + hour[what], 0);
  return { hours, delivered: sum('delivered'), failed: sum('failed') };
}
