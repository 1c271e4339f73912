import { Button, Select, TextInput } from '@mantine/core';
import { X } from 'lucide-react';
import { query } from '../../api/client';
import { useAddress } from '../../parts/search';
import { findOr } from '../../parts/find';
import { usePeople, useWorkspaces } from '../../parts/useTeam';
import { MODELS } from './looks';

const kinds = Object.entries(MODELS).map(([value, { label }]) => ({ value, label }));

/** What of the feed is shown; it stands in the address. */
export function Filters({ isFiltered, clear }: { isFiltered: boolean; clear: () => void }) {
  const [address, change] = useAddress();
  const { people } = usePeople();
  const { workspaces } = useWorkspaces();
  const collections = query.useQuery('get', '/collections', {}).data?.collections ?? [];
  const select = (name: string, any: string, data: { value: string; label: string }[], width: number) => (
    <Select
      size="xs"
      w={width}
      aria-label={any}
      placeholder={any}
      data={known(data, address[name])}
      value={address[name] ?? null}
      onChange={(value) => change({ [name]: value ?? undefined })}
      clearable
      clearButtonProps={{ 'aria-label': `Any ${name}` }}
      searchable={data.length > 7}
      filter={findOr('None of this name')}
    />
  );
  return (
    <div className="toolbar" role="search" aria-label="Filter the activity">
      {select(
        'user',
        'Anybody',
        people.map(({ id, name }) => ({ value: String(id), label: name })),
        160,
      )}
      {select('model', 'Any kind of thing', kinds, 160)}
      {select(
        'collection',
        'Any collection',
        collections.map(({ uid, name }) => ({ value: uid, label: name })),
        190,
      )}
      {(workspaces.length > 1 || address['workspace']) &&
        select(
          'workspace',
          'Any workspace',
          workspaces.map(({ id, name }) => ({ value: id, label: name })),
          160,
        )}
      <TextInput
        size="xs"
        w={176}
        type="date"
        aria-label="Since"
        leftSection={<span className="small dimmed">Since</span>}
        leftSectionWidth={50}
        value={address['since'] ?? ''}
        onChange={(event) => change({ since: event.currentTarget.value })}
      />
      {isFiltered && (
        <Button size="xs" variant="subtle" color="gray" leftSection={<X size={14} />} onClick={clear}>
          Clear filters
        </Button>
      )}
    </div>
  );
}

/** A value that the list does not know, or not yet, stands for itself. */
const known = (data: { value: string; label: string }[], value: string | undefined) =>
  !value || data.some((it) => it.value === value) ? data : [...data, { value, label: value }];
