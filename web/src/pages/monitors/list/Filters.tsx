import { SegmentedControl, Select } from '@mantine/core';
import { ClearFilters, Find } from '../../../parts/Filter';
import type { Search } from '../../../parts/search';
import { useWorkspaces } from '../../../parts/useTeam';
import { STATES } from '../data/state';
import type { MonitorLine } from '../data/useOverview';
import { wordOf } from '../MonitorState';

interface FiltersProps {
  address: Search;
  change: (change: Search) => void;
  clear: () => void;
  lines: MonitorLine[];
}

/** Which monitors are shown. States that no monitor is in are not offered. */
export function Filters({ address, change, clear, lines }: FiltersProps) {
  const { workspaces } = useWorkspaces();
  const state = address['state'] ?? 'all';
  const count = (name: string) => lines.filter((line) => line.state === name).length;
  const states = STATES.filter((name) => count(name) > 0 || name === state);
  const isFiltered = address['state'] ?? address['q'] ?? address['workspace'];
  return (
    <div className="toolbar">
      <Find type="search" label="Find a monitor" data-search />
      <SegmentedControl
        size="xs"
        aria-label="State"
        value={state}
        onChange={(value) => change({ state: value === 'all' ? undefined : value })}
        data={[
          { value: 'all', label: `All ${lines.length}` },
          ...states.map((name) => ({ value: name, label: `${wordOf(name)} ${count(name)}` })),
        ]}
      />
      {(workspaces.length > 1 || address['workspace']) && (
        <Select
          size="xs"
          aria-label="Workspace"
          value={address['workspace'] ?? ''}
          onChange={(value) => change({ workspace: value || undefined })}
          data={[
            { value: '', label: 'All workspaces' },
            ...workspaces.map((it) => ({ value: it.id, label: it.name })),
          ]}
        />
      )}
      {isFiltered && <ClearFilters clear={clear} />}
    </div>
  );
}
