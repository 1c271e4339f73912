import { Select, Skeleton } from '@mantine/core';
import type { UseFormReturnType } from '@mantine/form';
import { findOr } from '../../../parts/find';
import { Loaded } from '../../../parts/States';
import type { IntegrationView } from '../standing';
import { ALL, useTargets, type Targets } from '../targets';
import type { Values } from './values';

interface TargetProps {
  kind: string;
  form: UseFormReturnType<Values>;
  before: IntegrationView | undefined;
  /** Tells the name of what was chosen; nothing for all. */
  chosen: (name: string | undefined) => void;
}

/** What the integration is about: one collection, monitor or workspace, or all of them. */
export function TargetField({ kind, form, before, chosen }: TargetProps) {
  const targets = useTargets();
  if (kind === 'custom') return null;
  return (
    <Loaded what="what it can be about" of={targets} skeleton={<Skeleton height={60} radius="md" />}>
      {(targets) => {
        const data = groupsOf(kind, targets, form.values.target, before);
        const { onChange, ...props } = form.getInputProps('target');
        return (
          <Select
            label={LABEL[kind] ?? 'About'}
            required
            searchable
            filter={findOr('Nothing is called so')}
            maxDropdownHeight={320}
            data={data}
            comboboxProps={{ shadow: 'md' }}
            {...props}
            onChange={(value) => {
              onChange(value);
              chosen(value ? nameOf(value, targets) : undefined);
            }}
          />
        );
      }}
    </Loaded>
  );
}

function nameOf(value: string, targets: Targets): string | undefined {
  const id = value.slice(value.indexOf(':') + 1);
  const things = [...targets.collections, ...targets.monitors];
  return (things.find(({ uid }) => uid === id) ?? targets.workspaces.find((it) => it.id === id))?.name;
}

const LABEL: Record<string, string> = {
  collection_backup: 'Collection',
  collection_activity: 'Collection',
  team_activity: 'Workspace',
  monitor_results: 'Monitor',
  integration_failing: 'Workspace',
  integration_disabled: 'Workspace',
};

/** What can be chosen, what is most often meant first. A thing that is chosen and can't be seen stays chosen. */
function groupsOf(kind: string, targets: Targets, chosen: string, before: IntegrationView | undefined) {
  const all = { value: 'all', label: ALL[kind] ?? 'Everything' };
  const many = (ALL[kind] ?? 'Everything').replace('The whole team', 'All');
  const collections = targets.collections.map((it) => ({
    value: `collection:${it.uid}`,
    label: kind === 'monitor_results' ? `All monitors of ${it.name}` : it.name,
  }));
  const monitors = targets.monitors.map((it) => ({ value: `monitor:${it.uid}`, label: it.name }));
  const workspaces = targets.workspaces.map((it) => ({
    value: `workspace:${it.id}`,
    label: kind.startsWith('integration_') || kind === 'team_activity' ? it.name : `${many} in ${it.name}`,
  }));
  const groups = [
    ...(kind === 'monitor_results' ? [{ group: 'Monitors', items: monitors }] : []),
    ...(kind.startsWith('collection_') || kind === 'monitor_results'
      ? [{ group: 'Collections', items: collections }]
      : []),
    { group: 'Workspaces', items: workspaces },
  ].filter(({ items }) => items.length > 0);
  const known = chosen === 'all' || groups.some(({ items }) => items.some(({ value }) => value === chosen));
  if (known) return [all, ...groups];
  const label = chosen === 'kept' && before ? 'A combination set over the API' : 'One that you may not see';
  return [all, ...groups, { group: 'As it is', items: [{ value: chosen, label }] }];
}
