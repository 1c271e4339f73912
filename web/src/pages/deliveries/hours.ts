import type { Health, Stretch } from '../integrations/health';

/** What was delivered and what failed of the deliveries of one hour. */
export type Hour = Stretch;

/** The hours of several integrations as one; `empty` says which hours there are. */
export function sumOf(healths: Health[], empty: Stretch[]) {
  const hours = empty.map(({ from }, at) => {
    const hour: Hour = { from, delivered: 0, failed: 0 };
    for (const { stretches } of healths) {
      hour.delivered += stretches[at]?.delivered ?? 0;
      hour.failed += stretches[at]?.failed ?? 0;
    }
    return hour;
  });
  const sum = (what: 'delivered' | 'failed') => hours.reduce((all, hour) => all + hour[what], 0);
  return { hours, delivered: sum('delivered'), failed: sum('failed') };
}
