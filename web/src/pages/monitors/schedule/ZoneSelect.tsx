import { Select, type OptionsFilter } from '@mantine/core';
import { useMemo } from 'react';
import { findOr } from '../../../parts/find';
import { isZone, ownZone, shortOffset, zones } from './zone';

const findName = findOr('No time zone has this in its name');
/** "new york" is America/New_York. */
const find: OptionsFilter = (wanted) =>
  findName({ ...wanted, search: wanted.search.trim().replaceAll(' ', '_') });

interface ZoneSelectProps {
  value: string;
  change: (zone: string) => void;
  error?: React.ReactNode;
}

/** A time zone, found by any part of its name. */
export function ZoneSelect({ value, change, error }: ZoneSelectProps) {
  const data = useMemo(() => {
    const own = ownZone();
    const first = [...new Set([own, 'UTC', value])].filter(Boolean);
    return [...first, ...zones().filter((zone) => !first.includes(zone))];
  }, [value]);
  return (
    <Select
      label="Time zone"
      searchable
      limit={80}
      data={data}
      value={value}
      error={error}
      onChange={(zone) => zone && change(zone)}
      rightSectionWidth={88}
      rightSection={<span className="dimmed small number">{isZone(value) ? shortOffset(value) : ''}</span>}
      rightSectionPointerEvents="none"
      filter={find}
    />
  );
}
