import { expect, test } from 'vitest';
import type { Shape } from '../../api/client';
import { healthOf } from './health';

const NOW = Date.parse('2026-11-27T12:20:00Z');
const of = (status: string, createdAt: string, attemptCount = 1): Shape['DeliveryView'] => ({
  id: createdAt,
  eventId: createdAt,
  event: 'custom',
  integrationId: '1',
  integrationName: 'a',
  status,
  attemptCount,
  createdAt,
  updatedAt: createdAt,
});

test('deliveries are counted in the hour in which they were accepted', () => {
  const health = healthOf(
    [
      of('held', '2026-11-27T12:19:00Z', 0),
      of('scheduled', '2026-11-27T12:18:00Z', 2),
      of('succeeded', '2026-11-27T12:00:00Z'),
      of('exhausted', '2026-11-27T11:59:59Z', 12),
      of('cancelled', '2026-11-27T11:00:00Z'),
      of('succeeded', '2026-11-26T13:00:00Z'),
    ],
    24,
    false,
    NOW,
  );
  expect(health.stretches).toHaveLength(24);
  expect(health.stretches[0]).toEqual({ from: Date.parse('2026-11-26T13:00:00Z'), delivered: 1, failed: 0 });
  expect(health.stretches[22]).toMatchObject({ delivered: 0, failed: 1 });
  expect(health.stretches[23]).toEqual({ from: Date.parse('2026-11-27T12:00:00Z'), delivered: 1, failed: 1 });
  expect(health).toMatchObject({ delivered: 2, failed: 2, waiting: 1, lastAt: '2026-11-27T12:19:00Z' });
});

test('a month is cut into days', () => {
  const { stretches } = healthOf([], 720, false, NOW);
  expect(stretches).toHaveLength(30);
  expect(new Date(stretches[29]!.from).toISOString()).toBe('2026-11-27T00:00:00.000Z');
});
