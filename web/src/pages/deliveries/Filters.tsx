import { SegmentedControl, Select, TextInput } from '@mantine/core';
import { useDebouncedCallback, useMediaQuery } from '@mantine/hooks';
import { Search as SearchIcon } from 'lucide-react';
import { useEffect, useState } from 'react';
import { query } from '../../api/client';
import { findOr } from '../../parts/find';
import type { Search } from '../../parts/search';
import { SEGMENTS, segmentOf, timeOf, type Filter } from './filter';
import { KIND_CHOICES } from './words';

interface FiltersProps {
  filter: Filter;
  change: (change: Search) => void;
  /** The integration that the place is about, where it is about one. */
  integration: string | undefined;
}

const SPANS = [
  { value: '', label: 'Any time' },
  { value: '1h', label: 'Last hour' },
  { value: '24h', label: 'Last 24 hours' },
  { value: '7d', label: 'Last 7 days' },
];
const OWN = 'own';

/** What narrows the list; all of it stands in the address. */
export function Filters({ filter, change, integration }: FiltersProps) {
  const isNarrow = useMediaQuery('(max-width: 640px)', false, { getInitialValueInEffect: false });
  const isSpan = SPANS.some((span) => span.value === (filter.since ?? '')) && !filter.until;
  const [wantsOwn, want] = useState(false);
  const isOwn = wantsOwn || !isSpan;
  const segment = segmentOf(filter.status);
  const narrow = { flex: '1 1 130px' };
  return (
    <div className="toolbar">
      {isNarrow ? (
        <Select
          aria-label="State"
          style={narrow}
          data={SEGMENTS.map((one) => (one.value ? one : { value: '', label: 'All states' }))}
          value={segment}
          onChange={(status) => change({ status: status ?? '' })}
        />
      ) : (
        <SegmentedControl
          aria-label="State"
          size="sm"
          value={segment}
          data={SEGMENTS}
          onChange={(status) => change({ status })}
          // Whoever used a mouse goes on with the keys of the list.
          onPointerUp={() => setTimeout(() => (document.activeElement as HTMLElement | null)?.blur())}
        />
      )}
      <Find q={filter.q} change={change} isNarrow={isNarrow} />
      <Select
        aria-label="Kind of event"
        style={isNarrow ? narrow : { width: 150 }}
        data={KIND_CHOICES}
        value={filter.event ?? ''}
        onChange={(event) => change({ event: event ?? '' })}
      />
      {!integration && <Integrations value={filter.integration} change={change} isNarrow={isNarrow} />}
      <Select
        aria-label="Time"
        style={isNarrow ? narrow : { width: 140 }}
        data={[...SPANS, { value: OWN, label: 'From … to …' }]}
        value={isOwn ? OWN : (filter.since ?? '')}
        onChange={(span) => {
          want(span === OWN);
          if (span !== OWN) change({ since: span ?? '', until: '' });
        }}
      />
      {isOwn && (
        <>
          <Time label="From" value={filter.since} write={(since) => change({ since })} />
          <Time label="To" value={filter.until} write={(until) => change({ until })} />
        </>
      )}
    </div>
  );
}

/** What is typed reaches the address when the typing rests. */
function Find(props: { q: string | undefined; change: FiltersProps['change']; isNarrow: boolean }) {
  const { q, change, isNarrow } = props;
  const [text, write] = useState(q ?? '');
  const tell = useDebouncedCallback((q: string) => change({ q }), 250);
  useEffect(() => write((old) => (old.trim() === (q ?? '') ? old : (q ?? ''))), [q]);
  return (
    <TextInput
      data-search
      aria-label="Search deliveries"
      placeholder="Integration or ID"
      style={isNarrow ? { flex: '1 1 100%', order: -1 } : { flex: '1 1 150px', minWidth: 150 }}
      leftSection={<SearchIcon size={15} aria-hidden />}
      value={text}
      onChange={(event) => {
        write(event.currentTarget.value);
        tell(event.currentTarget.value.trim());
      }}
    />
  );
}

function Integrations(props: {
  value: string | undefined;
  change: (change: Search) => void;
  isNarrow: boolean;
}) {
  const { value, change, isNarrow } = props;
  const { data } = query.useQuery('get', '/integrations', {});
  const all = (data?.integrations ?? []).map((one) => ({ value: one.id, label: one.name }));
  // One that is gone still has deliveries.
  if (value && data && !all.some((one) => one.value === value)) all.push({ value, label: 'A deleted one' });
  return (
    <Select
      aria-label="Integration"
      searchable
      filter={findOr('None of this name')}
      style={isNarrow ? { flex: '1 1 130px' } : { width: 170 }}
      data={[{ value: '', label: 'All integrations' }, ...all]}
      value={value ?? ''}
      onChange={(integration) => change({ integration: integration ?? '' })}
    />
  );
}

/** A time of one's own, as the device's clock has it. */
function Time(props: { label: string; value: string | undefined; write: (iso: string) => void }) {
  const time = timeOf(props.value);
  return (
    <TextInput
      aria-label={props.label}
      type="datetime-local"
      leftSection={<span className="small dimmed">{props.label}</span>}
      leftSectionWidth={44}
      style={{ flex: '0 1 230px', minWidth: 200 }}
      value={time === undefined ? '' : local(time)}
      onChange={(event) => {
        const wanted = Date.parse(event.currentTarget.value);
        props.write(Number.isNaN(wanted) ? '' : new Date(wanted).toISOString());
      }}
    />
  );
}

/** "2026-11-28T12:05", as the field wants it. */
export function local(time: number): string {
  const offset = new Date(time).getTimezoneOffset() * 60_000;
  return new Date(time - offset).toISOString().slice(0, 16);
}
