import { query, type Shape } from '../../api/client';
import { useMonitors } from '../../parts/useMonitors';
import { TOLD } from './told';
import type { IntegrationView } from './standing';

/** What integrations can be limited to, by name. */
export interface Targets {
  collections: Shape['CollectionSummary'][];
  monitors: Shape['MonitorSummary'][];
  workspaces: Shape['WorkspaceSummary'][];
}

export function useTargets() {
  const collections = query.useQuery('get', '/collections', {});
  const workspaces = query.useQuery('get', '/workspaces', {});
  const monitors = useMonitors();
  const all = [collections, workspaces, monitors];
  const data: Targets | undefined =
    collections.data && workspaces.data && monitors.data
      ? {
          collections: collections.data.collections,
          workspaces: workspaces.data.workspaces,
          monitors: monitors.data,
        }
      : undefined;
  return {
    data,
    error: all.find(({ error }) => error)?.error ?? null,
    isPending: all.some(({ isPending }) => isPending),
    refetch: () => Promise.all(all.filter(({ data }) => !data).map(({ refetch }) => refetch())),
  };
}

/** Which things of the team an integration is about, by name: "Checkout API", "All collections in Payments". */
export function targetOf(it: IntegrationView, targets: Targets | undefined): string {
  if (it.event === 'custom') return it.options.types?.length ? it.options.types.join(', ') : 'All types';
  if (!targets && (it.monitor || it.collection || it.workspace)) return '…';
  const called = (list: { id?: string; uid?: string; name: string }[] | undefined, id: string) =>
    list?.find((thing) => thing.uid === id || thing.id === id)?.name ?? 'One that you may not see';
  if (it.monitor) return called(targets?.monitors, it.monitor);
  if (it.collection) return called(targets?.collections, it.collection);
  const all = ALL[it.event] ?? 'Everything';
  return it.workspace ? `${all} in ${called(targets?.workspaces, it.workspace)}` : all;
}

/** What an integration is about that names nothing. */
export const ALL: Record<string, string> = {
  collection_backup: 'All collections',
  collection_activity: 'All collections',
  team_activity: 'The whole team',
  monitor_results: 'All monitors',
  custom: 'All types',
  integration_failing: 'All integrations',
  integration_disabled: 'All integrations',
};

/** Whether this is a kind of event that an integration can tell. */
export const isTold = (kind: string | undefined): kind is string => kind !== undefined && kind in TOLD;
