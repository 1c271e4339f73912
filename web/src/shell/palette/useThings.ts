import { useQueryClient } from '@tanstack/react-query';
import { Braces, Inbox, Library, Plug, Timer, type LucideIcon } from 'lucide-react';
import { query, type Shape } from '../../api/client';
import { useMonitors } from '../../parts/useMonitors';
import { kindOf } from '../../words/kinds';
import { useGoTo } from './useGoTo';
import type { Item } from './useItems';

/** What an earlier list of any filter told: it is shown until the whole list is there. */
function useKnown<T>(path: string): () => T | undefined {
  const client = useQueryClient();
  return () =>
    client
      .getQueriesData<T>({ queryKey: ['get', path] })
      .map(([, data]) => data)
      .find((data) => data !== undefined);
}

/** What the team has, by name. */
export function useThings(): Item[] {
  const go = useGoTo();
  const collections = query.useQuery(
    'get',
    '/collections',
    {},
    { placeholderData: useKnown<Shape['CollectionList']>('/collections') as never },
  );
  const environments = query.useQuery(
    'get',
    '/environments',
    {},
    { placeholderData: useKnown<Shape['EnvironmentList']>('/environments') as never },
  );
  const integrations = query.useQuery('get', '/integrations', {});
  const inboxes = query.useQuery('get', '/inboxes');
  const monitors = useMonitors();

  const kind =
    (group: string, icon: LucideIcon, path: string) =>
    (id: string, label: string, hint?: string): Item => ({
      id: `${path} ${id}`,
      group,
      icon,
      label,
      quiet: true,
      act: () => go(`${path}/${encodeURIComponent(id)}`),
      ...(hint && { hint }),
    });
  const collection = kind('Collections', Library, '/collections');
  const environment = kind('Environments', Braces, '/environments');
  const monitor = kind('Monitors', Timer, '/monitors');
  const integration = kind('Integrations', Plug, '/integrations');
  const inbox = kind('Inboxes', Inbox, '/inbox');
  return [
    ...(collections.data?.collections ?? []).map((it) => collection(it.uid, it.name)),
    ...(environments.data?.environments ?? []).map((it) => environment(it.uid, it.name)),
    ...(monitors.data ?? []).map((it) => monitor(it.uid, it.name, it.active ? undefined : 'Paused')),
    ...(inboxes.data?.inboxes ?? []).map((it) => inbox(it.id, it.name)),
    ...(integrations.data?.integrations ?? []).map((it) =>
      integration(it.id, it.name, kindOf(it.event).short),
    ),
  ];
}
