import { keepPreviousData, useQuery } from '@tanstack/react-query';
import { api } from '../../../api/client';
import { idOf, type Run } from './run';

/** So many runs are read at most; older ones are found by going to their date. */
export const MOST_RUNS = 1000;
const PAGE = 100;
const HOUR = 3_600_000;

export interface Runs {
  /** The newest first. */
  runs: Run[];
  /** Whether there are older ones within what was asked for. */
  hasMore: boolean;
}

export interface Wanted {
  /** From when on, in milliseconds; an hour is read whole. */
  since: number;
  /** Before when; `Infinity`: until now. */
  until: number;
  trigger?: string | undefined;
  status?: string | undefined;
}

/** A monitor's runs of a stretch of time. What is known already is not read again: only what is newer than it. */
export function useRuns(uid: string, wanted: Wanted, enabled = true) {
  // Without a name of its own, each second would have its own list.
  const hour = Math.floor(wanted.since / HOUR) * HOUR;
  const { until, trigger, status } = wanted;
  const asked = {
    since: asTime(hour),
    ...(until !== Infinity && { until: asTime(until) }),
    ...(trigger && { trigger }),
    ...(status && { status }),
  };
  const queryKey = ['get', '/monitors/runs', uid, asked];
  return useQuery({
    queryKey,
    enabled,
    queryFn: ({ client, signal }) => read(uid, asked, client.getQueryData<Runs>(queryKey), signal),
    placeholderData: keepPreviousData,
  });
}

/** The last moment that four digits of a year can tell. */
const LAST = Date.parse('9999-12-31T23:59:59Z');
const asTime = (time: number) => new Date(Math.min(LAST, Math.max(0, time))).toISOString();

type Asked = { since: string; until?: string; trigger?: string; status?: string };

async function read(uid: string, asked: Asked, known: Runs | undefined, signal: AbortSignal): Promise<Runs> {
  const runs: Run[] = [];
  let cursor: string | undefined;
  for (;;) {
    const { data } = await api.GET('/monitors/{uid}/runs', {
      params: { path: { uid }, query: { ...asked, limit: PAGE, ...(cursor && { cursor }) } },
      signal,
    });
    runs.push(...data!.runs);
    cursor = data!.meta.nextCursor ?? undefined;
    const oldest = runs.at(-1);
    if (!oldest || !cursor) return { runs, hasMore: false };
    const overlap = known?.runs.findIndex((run) => idOf(run) === idOf(oldest)) ?? -1;
    if (overlap >= 0) {
      const all = [...runs, ...known!.runs.slice(overlap + 1)];
      return { runs: all.slice(0, MOST_RUNS), hasMore: known!.hasMore || all.length > MOST_RUNS };
    }
    if (runs.length >= MOST_RUNS) return { runs, hasMore: true };
  }
}

/** The newest run of all, for who looks at another time. */
export const useNewest = (uid: string, enabled: boolean) =>
  useQuery({
    queryKey: ['get', '/monitors/runs', uid, 'newest'],
    enabled,
    queryFn: async ({ signal }) => {
      const params = { path: { uid }, query: { limit: 1 } };
      const { data } = await api.GET('/monitors/{uid}/runs', { params, signal });
      return data!.runs[0] ?? null;
    },
  });
