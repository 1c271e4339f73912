import { describe, expect, it } from 'vitest';
import { filterOf, fits, isFiltered, isoOf, statusOf, timeOf } from './filter';
import type { Row } from './rows';

const row = (more: Partial<Row>) =>
  ({
    id: 'd-1',
    eventId: 'e-1',
    event: 'custom',
    type: 'build.finished',
    integrationId: 'i-1',
    integrationName: 'Mirror',
    status: 'scheduled',
    attemptCount: 0,
    createdAt: '2026-11-28T10:00:00Z',
    ...more,
  }) as Row;

describe('fits', () => {
  it('tells what waits for the first time from what is tried again', () => {
    const retrying = filterOf({ status: 'retrying' });
    expect(fits(row({}), retrying)).toBe(false);
    expect(fits(row({ attemptCount: 2 }), retrying)).toBe(true);
    expect(fits(row({}), filterOf({ status: 'queued' }))).toBe(true);
    expect(fits(row({ attemptCount: 2 }), filterOf({ status: 'scheduled' }))).toBe(true);
    expect(statusOf(retrying)).toBe('scheduled');
  });

  it('goes by the time', () => {
    const now = Date.parse('2026-11-28T12:00:00Z');
    expect(fits(row({}), filterOf({ since: '1h' }), now)).toBe(false);
    expect(fits(row({}), filterOf({ since: '3h' }), now)).toBe(true);
    expect(isoOf('2h', now)).toBe('2026-11-28T10:00:00.000Z');
  });
});

describe('the address', () => {
  it('is read', () => {
    expect(timeOf('2d', 172_800_000)).toBe(0);
    expect(timeOf('nonsense')).toBeUndefined();
    expect(isFiltered(filterOf({}, 'i-1'), 'i-1')).toBe(false);
    expect(isFiltered(filterOf({ integration: 'i-1' }))).toBe(true);
    expect(isFiltered(filterOf({ q: '  ' }))).toBe(false);
  });
});
