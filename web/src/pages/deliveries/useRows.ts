import { keepPreviousData, useQuery, useQueryClient } from '@tanstack/react-query';
import { useCallback, useMemo, useRef, useState } from 'react';
import { api } from '../../api/client';
import { fits, isoOf, statusOf, type Filter } from './filter';
import { leavesGap, put, type Part, type Rows } from './rows';

/** The most that the API answers at once. */
const LIMIT = 100;
/** So many reads in a row look for where what is new meets what was known. */
const MOST_READS = 4;

interface Reading {
  /** Whether somebody reads, so that the list may not begin anew under them. */
  isHeld: () => boolean;
  /** The row above what is looked at, where that is further down than what a read from the top brings. */
  above: () => string | undefined;
}

/**
 * The deliveries that fit, as far down as they were scrolled to. When something has changed only what is newest and what is
 * looked at is read again, however many are loaded.
 */
export function useRows(filter: Filter, reading: Reading) {
  const client = useQueryClient();
  const latest = useRef(reading);
  latest.current = reading;
  // The path comes first, so that the stream knows what to have read again.
  const key = useMemo(() => ['get', '/deliveries', 'rows', filter] as const, [filter]);
  const known = useCallback(() => client.getQueryData<Rows>(key), [client, key]);

  const asked = useQuery({
    queryKey: key,
    structuralSharing: false,
    placeholderData: keepPreviousData,
    queryFn: async ({ signal }) => {
      let head = await read(filter, undefined, signal);
      const most = known()?.isBehind ? 1 : MOST_READS;
      for (let reads = 1; leavesGap(known(), head) && reads < most; reads += 1) {
        const more = await read(filter, head.next, signal);
        head = { cursor: undefined, rows: [...head.rows, ...more.rows], next: more.next };
      }
      const above = latest.current.above();
      const seen = above && (!head.next || above < head.next) ? await read(filter, above, signal) : undefined;
      const before = known();
      if (leavesGap(before, head))
        return latest.current.isHeld()
          ? { ...before!, isBehind: true }
          : { rows: head.rows, next: head.next };
      const now = put(before, head);
      return seen ? put(now, seen) : now;
    },
  });

  const [isMore, setMore] = useState(false);
  const [moreError, setMoreError] = useState<unknown>();
  const busy = useRef(false);
  const next = asked.isPlaceholderData ? undefined : asked.data?.next;
  const more = useCallback(async () => {
    if (busy.current || !next) return;
    busy.current = true;
    setMore(true);
    setMoreError(undefined);
    try {
      const part = await read(filter, next);
      client.setQueryData<Rows>(key, (old) => old && put(old, part));
    } catch (error) {
      setMoreError(error);
    } finally {
      busy.current = false;
      setMore(false);
    }
  }, [client, key, filter, next]);

  const data = asked.data;
  const isOld = asked.isPlaceholderData;
  const rows = useMemo(
    () => (isOld ? data?.rows : data?.rows.filter((row) => fits(row, filter))),
    [data, filter, isOld],
  );
  return {
    asked,
    rows,
    /** How many were looked through for those that fit. */
    looked: data?.rows.length ?? 0,
    isBehind: data?.isBehind ?? false,
    isOld,
    hasMore: next !== undefined,
    isMore,
    moreError,
    more,
    /** Reads the list anew, from the top. */
    anew: useCallback(() => void client.resetQueries({ queryKey: key, exact: true }), [client, key]),
  };
}

async function read(filter: Filter, cursor: string | undefined, signal?: AbortSignal): Promise<Part> {
  const status = statusOf(filter);
  const { event, integration, q } = filter;
  const since = isoOf(filter.since);
  const until = isoOf(filter.until);
  const asked = {
    limit: LIMIT,
    ...(cursor && { cursor }),
    ...(status && { status }),
    ...(event && { event }),
    ...(integration && { integration }),
    ...(q && { q }),
    ...(since && { since }),
    ...(until && { until }),
  };
  const { data } = await api.GET('/deliveries', { params: { query: asked }, ...(signal && { signal }) });
  const { deliveries, meta } = data!;
  return { cursor, rows: deliveries, next: meta.nextCursor ?? undefined };
}
