import { Button, Select, TextInput } from '@mantine/core';
import { Search as SearchIcon } from 'lucide-react';
import { stateOf } from '../../../parts/Pill';
import type { Search } from '../../../parts/search';
import { useConnectorOf } from '../../../parts/useConnectors';
import { usePeople } from '../../../parts/useTeam';
import { kindOf } from '../../../words/kinds';
import type { IntegrationView } from '../standing';
import { counted, isFiltered, NO_FILTERS } from './filters';

interface FiltersProps {
  all: IntegrationView[];
  search: Search;
  change: (change: Search) => void;
}

/** What chooses rows; it lives in the address. */
export function Filters({ all, search, change }: FiltersProps) {
  const { nameOf } = usePeople();
  const connectorOf = useConnectorOf();
  const kinds = [...new Set(all.map((it) => it.event))].map((kind) => ({
    value: kind,
    label: kindOf(kind).short,
  }));
  const states = counted(all).map(({ state, count }) => ({
    value: state,
    label: `${stateOf(state).label} (${count})`,
  }));
  const owners = [...new Set(all.map((it) => String(it.createdBy)))].map((id) => ({
    value: id,
    label: nameOf(id) ?? 'Somebody who left',
  }));
  const connectors = [...new Set(all.map((it) => it.connector))]
    .map((id) => ({ value: id, label: connectorOf(id)?.name ?? id }))
    .sort((a, b) => a.label.localeCompare(b.label));
  const choose = (name: string, label: string, data: { value: string; label: string }[], width: number) => (
    <Select
      aria-label={label}
      placeholder={label}
      w={width}
      data={withChosen(data, search[name])}
      value={search[name] ?? null}
      onChange={(value) => change({ [name]: value ?? undefined })}
      allowDeselect
      clearable
      clearButtonProps={{ 'aria-label': `Clear ${label.toLowerCase()}` }}
      comboboxProps={{ shadow: 'md' }}
    />
  );
  return (
    <div className="toolbar" role="search" aria-label="Filter integrations">
      <TextInput
        aria-label="Search by name, URL or target"
        placeholder="Search by name, URL or target"
        leftSection={<SearchIcon size={15} aria-hidden />}
        w={264}
        value={search['q'] ?? ''}
        onChange={(event) => change({ q: event.currentTarget.value })}
      />
      {choose('kind', 'Kind', kinds, 178)}
      {choose('state', 'State', states, 140)}
      {choose('owner', 'Owner', owners, 160)}
      {(connectors.length > 1 || search['connector']) && choose('connector', 'Connector', connectors, 150)}
      {isFiltered(search) && (
        <Button variant="subtle" color="gray" onClick={() => change(NO_FILTERS)}>
          Clear
        </Button>
      )}
    </div>
  );
}

/** A word of the address that fits nothing is shown as it is, so that it can be taken away. */
const withChosen = (data: { value: string; label: string }[], value: string | undefined) =>
  !value || data.some((it) => it.value === value) ? data : [...data, { value, label: value }];
