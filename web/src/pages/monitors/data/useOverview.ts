import { keepPreviousData, useQueries } from '@tanstack/react-query';
import { api, type Shape } from '../../../api/client';
import { useMonitors } from '../../../parts/useMonitors';
import { hasFailed, isOver, type Brief } from './run';
import { stateOf, streakOf, type State } from './state';

/** So many bars has a monitor in the list. */
export const BARS = 60;
/** So many monitors' runs are read by one call: their uids stand in the address. */
const AT_ONCE = 100;

export interface MonitorLine {
  monitor: Shape['MonitorSummary'];
  /** Its last runs, the oldest first; not there while they are read. */
  runs: Brief[] | undefined;
  nextRun: string | undefined;
  state: State | undefined;
  /** How many runs have failed in a row, of those that stand here. */
  streak: number;
  /** Why its runs could not be read. */
  trouble: unknown;
}

/** Of the runs that are over, how many passed. */
export function passedOf(runs: Brief[]): { passed: number; of: number } {
  const over = runs.filter(isOver);
  return { passed: over.filter((run) => !hasFailed(run)).length, of: over.length };
}

/** All monitors with their last runs. */
export function useOverview(workspace: string | undefined) {
  const list = useMonitors(workspace);
  const monitors = list.data ?? [];
  // In an order that a new name doesn't change: the same monitors are the same call.
  const uids = monitors.map(({ uid }) => uid).sort();
  const recent = useQueries({
    queries: Array.from({ length: Math.ceil(uids.length / AT_ONCE) }, (_, at) =>
      recentQuery(uids.slice(at * AT_ONCE, (at + 1) * AT_ONCE)),
    ),
  });
  const error = recent.find((it) => it.error)?.error;
  const known = new Map(recent.flatMap(({ data }) => data ?? []).map((it) => [it.uid, it]));
  const lines = monitors.map((monitor): MonitorLine => {
    const { runs, nextRun } = known.get(monitor.uid) ?? {};
    const streak = streakOf(runs ?? []);
    const state = runs && stateOf({ isActive: monitor.active, streak, newest: runs.at(-1) });
    return { monitor, runs, nextRun, state, streak, trouble: runs ? undefined : error };
  });
  return { list, lines };
}

interface Recent {
  uid: string;
  nextRun: string | undefined;
  runs: Brief[];
}

const recentQuery = (uids: string[]) => ({
  queryKey: ['get', '/monitors/recent-runs', uids],
  queryFn: async ({ signal }: { signal: AbortSignal }): Promise<Recent[]> => {
    const query = { limit: BARS, uids: uids.join(',') };
    const { data } = await api.GET('/monitors/recent-runs', { params: { query }, signal });
    return data!.monitors.map(({ monitorUid: uid, nextRunAt, runs }) => ({
      uid,
      nextRun: nextRunAt ?? undefined,
      runs: runs.map(briefOf).slice(-BARS),
    }));
  },
  placeholderData: keepPreviousData,
});

const briefOf = ({ id: jobId, status, trigger, startedAt, ...figures }: Shape['RunBar']): Brief => ({
  info: { jobId, status, trigger, startedAt },
  figures,
});
