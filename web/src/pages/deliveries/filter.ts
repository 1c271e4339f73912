import type { Search } from '../../parts/search';
import type { Row } from './rows';

/** What is asked for, as it stands in the address. */
export interface Filter {
  status: string | undefined;
  event: string | undefined;
  integration: string | undefined;
  q: string | undefined;
  /** A span back from now ("24h", "7d"), or a time. */
  since: string | undefined;
  until: string | undefined;
}

interface Status {
  /** The API's word. */
  status: string;
  fits?: (row: Row) => boolean;
}

/** The states that people ask for; those of the API, by their own names, are understood too. */
const STATUSES: Record<string, Status> = {
  delivered: { status: 'succeeded' },
  failed: { status: 'exhausted' },
  retrying: { status: 'scheduled', fits: (row) => row.attemptCount > 0 },
  queued: { status: 'scheduled', fits: (row) => row.attemptCount === 0 },
};

export const SEGMENTS = [
  { value: '', label: 'All' },
  { value: 'delivered', label: 'Delivered' },
  { value: 'failed', label: 'Failed' },
  { value: 'retrying', label: 'Retrying' },
  { value: 'queued', label: 'Queued' },
  { value: 'held', label: 'Held' },
];

/** The segment that a word of the address stands for. */
export const segmentOf = (status: string | undefined): string =>
  ({ succeeded: 'delivered', exhausted: 'failed' })[status ?? ''] ?? status ?? '';

export function filterOf(address: Search, integration?: string): Filter {
  const { status, event, q, since, until } = address;
  return {
    status,
    event,
    q: q?.trim() || undefined,
    since,
    until,
    integration: integration ?? address['integration'],
  };
}

/** Whether anything is asked for beside the integration that the place is about. */
export const isFiltered = (filter: Filter, integration?: string): boolean =>
  Object.entries(filter).some(([name, value]) => value && !(name === 'integration' && integration));

/** The time that a word of the address stands for: "24h" is that long ago. */
export function timeOf(word: string | undefined, now = Date.now()): number | undefined {
  if (!word) return undefined;
  const span = /^(\d{1,5})([hd])$/.exec(word);
  if (span) return now - Number(span[1]) * (span[2] === 'h' ? 3_600_000 : 86_400_000);
  const time = Date.parse(word);
  return Number.isNaN(time) ? undefined : time;
}

/** The same as the API tells times. */
export function isoOf(word: string | undefined, now?: number): string | undefined {
  const time = timeOf(word, now);
  return time === undefined ? undefined : new Date(time).toISOString();
}

/** The API's word for the state that is asked for. */
export const statusOf = (filter: Filter): string | undefined =>
  filter.status && (STATUSES[filter.status]?.status ?? filter.status);

/** Whether a row that the API gave is what is asked for: it doesn't tell retries from first attempts, and time goes on. */
export function fits(row: Row, filter: Filter, now = Date.now()): boolean {
  const since = timeOf(filter.since, now);
  return (
    (STATUSES[filter.status ?? '']?.fits?.(row) ?? true) &&
    (since === undefined || Date.parse(row.createdAt) >= since)
  );
}
