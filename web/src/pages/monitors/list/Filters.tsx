import { Button, Select, SegmentedControl, TextInput } from '@mantine/core';
import { Search as SearchIcon, X } from 'lucide-react';
import { query } from '../../../api/client';
import type { Search } from '../../../parts/search';
import { STATES } from '../data/state';
import type { MonitorLine } from '../data/useOverview';

const WORDS: Record<string, string> = {
  failing: 'Failing',
  running: 'Running',
  healthy: 'Healthy',
  paused: 'Paused',
  new: 'No runs yet',
};

interface FiltersProps {
  address: Search;
  change: (change: Search) => void;
  lines: MonitorLine[];
}

/** Which monitors are shown. States that no monitor is in are not offered. */
export function Filters({ address, change, lines }: FiltersProps) {
  const workspaces = query.useQuery('get', '/workspaces');
  const state = address['state'] ?? 'all';
  const count = (name: string) => lines.filter((line) => line.state === name).length;
  const states = STATES.filter((name) => count(name) > 0 || name === state);
  const many = workspaces.data?.workspaces ?? [];
  const isFiltered = address['state'] ?? address['q'] ?? address['workspace'];
  return (
    <div className="toolbar">
      <TextInput
        type="search"
        size="xs"
        w={240}
        placeholder="Find a monitor"
        aria-label="Find a monitor"
        data-search
        leftSection={<SearchIcon size={13} aria-hidden />}
        value={address['q'] ?? ''}
        onChange={(event) => change({ q: event.currentTarget.value })}
      />
      <SegmentedControl
        size="xs"
        aria-label="State"
        value={state}
        onChange={(value) => change({ state: value === 'all' ? undefined : value })}
        data={[
          { value: 'all', label: `All ${lines.length}` },
          ...states.map((name) => ({ value: name, label: `${WORDS[name]} ${count(name)}` })),
        ]}
      />
      {(many.length > 1 || address['workspace']) && (
        <Select
          size="xs"
          aria-label="Workspace"
          value={address['workspace'] ?? ''}
          onChange={(value) => change({ workspace: value || undefined })}
          data={[
            { value: '', label: 'All workspaces' },
            ...many.map((it) => ({ value: it.id, label: it.name })),
          ]}
        />
      )}
      {isFiltered && (
        <Button
          size="xs"
          variant="subtle"
          color="gray"
          leftSection={<X size={13} aria-hidden />}
          onClick={() => change({ q: undefined, state: undefined, workspace: undefined })}
        >
          Clear filters
        </Button>
      )}
    </div>
  );
}
