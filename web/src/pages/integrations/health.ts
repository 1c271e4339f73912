import type { Shape } from '../../api/client';

export type Delivery = Shape['DeliveryView'];

/** What became of the deliveries that were accepted in one stretch of time. */
export interface Stretch {
  from: number;
  delivered: number;
  /** That have failed so far: given up, or to be tried again. */
  failed: number;
}

/** How an integration has done lately. */
export interface Health {
  stretches: Stretch[];
  delivered: number;
  failed: number;
  waiting: number;
  lastAt: string | null;
  /** There were more than are looked at: this is of the newest ones. */
  isPart: boolean;
}

/** How a range of hours is cut: so many stretches. */
export const CUTS: Record<number, number> = { 24: 24, 168: 28, 720: 30 };

/** Puts deliveries, the newest first, into stretches of time that end now. */
export function healthOf(deliveries: Delivery[], hours: number, isPart = false, now = Date.now()): Health {
  const count = CUTS[hours] ?? 24;
  const step = (hours * 3_600_000) / count;
  // Stretches begin at whole hours or days, so that nothing moves while one looks.
  const end = Math.ceil(now / step) * step;
  const stretches = Array.from({ length: count }, (_, at) => ({
    from: end - (count - at) * step,
    delivered: 0,
    failed: 0,
  }));
  const health = { stretches, delivered: 0, failed: 0, waiting: 0, lastAt: null as string | null, isPart };
  for (const { status, attemptCount, createdAt } of deliveries) {
    health.lastAt ??= createdAt;
    const stretch = stretches[Math.floor((Date.parse(createdAt) - stretches[0]!.from) / step)];
    const fate = fateOf(status, attemptCount);
    if (!fate) continue;
    health[fate] += 1;
    if (stretch && fate !== 'waiting') stretch[fate] += 1;
  }
  return health;
}

function fateOf(status: string, attempts: number): 'delivered' | 'failed' | 'waiting' | undefined {
  if (status === 'succeeded') return 'delivered';
  if (status === 'exhausted' || (status === 'scheduled' && attempts > 0)) return 'failed';
  return status === 'scheduled' || status === 'held' ? 'waiting' : undefined;
}
