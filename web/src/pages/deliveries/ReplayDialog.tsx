import { Alert, Button, Checkbox, Group, Modal, NumberInput, Select } from '@mantine/core';
import { Info } from 'lucide-react';
import { useState } from 'react';
import { query } from '../../api/client';
import { Refusal } from '../../parts/States';
import { sentence } from '../../api/errors';
import { many } from '../../words/numbers';
import { isoOf, type Filter } from './filter';
import { useCount, type Chosen } from './useReplays';
import { KIND_CHOICES } from './words';

interface ReplayDialogProps {
  filter: Filter;
  close: () => void;
  /** Watches what was begun. */
  watch: (id: string) => void;
}

const SPANS = [
  { value: '1h', label: 'the last hour' },
  { value: '24h', label: 'the last 24 hours' },
  { value: '7d', label: 'the last 7 days' },
  { value: '30d', label: 'the last 30 days' },
];

const ENDINGS = [
  { value: 'exhausted', label: 'Failed' },
  { value: 'cancelled', label: 'Cancelled' },
  { value: 'expired', label: 'Expired' },
];

/** Makes many deliveries again: says how many first. */
export function ReplayDialog({ filter, close, watch }: ReplayDialogProps) {
  const isOwn = filter.since !== undefined && !SPANS.some(({ value }) => value === filter.since);
  const [span, setSpan] = useState(isOwn ? 'own' : (filter.since ?? '24h'));
  const [states, setStates] = useState(['exhausted']);
  const [integration, setIntegration] = useState(filter.integration ?? '');
  const [event, setEvent] = useState(filter.event ?? '');
  const [rate, setRate] = useState(100);
  const [opened] = useState(Date.now);

  const chosen: Chosen = {
    states,
    types: [],
    event: event || null,
    integration: integration || null,
    since: isoOf(span === 'own' ? filter.since : span, opened) ?? null,
    until: (span === 'own' && isoOf(filter.until, opened)) || null,
    rate,
  };
  const count = useCount(chosen);
  const begin = query.useMutation('post', '/replays');
  const { data } = query.useQuery('get', '/integrations', {});
  const total = states.length === 0 ? 0 : count.data;
  return (
    <Modal opened onClose={close} title="Redeliver all that failed">
      <form
        className="stack"
        noValidate
        onSubmit={(event) => {
          event.preventDefault();
          begin.mutate(
            { body: { replay: chosen } },
            {
              onSuccess: ({ replay }) => {
                if (replay.id) watch(replay.id);
                close();
              },
            },
          );
        }}
      >
        <Select
          label="Of events in"
          data={isOwn ? [...SPANS, { value: 'own', label: 'the time chosen in the list' }] : SPANS}
          value={span}
          onChange={(span) => span && setSpan(span)}
          data-autofocus
        />
        <Checkbox.Group label="That ended as" value={states} onChange={setStates}>
          <Group mt={6} gap="md">
            {ENDINGS.map((ending) => (
              <Checkbox key={ending.value} size="xs" {...ending} />
            ))}
          </Group>
        </Checkbox.Group>
        <Select
          label="For"
          searchable
          data={[
            { value: '', label: 'All integrations' },
            ...(data?.integrations ?? []).map(({ id, name }) => ({ value: id, label: name })),
          ]}
          value={integration}
          onChange={(id) => setIntegration(id ?? '')}
        />
        <Select
          label="Kind of event"
          data={KIND_CHOICES}
          value={event}
          onChange={(event) => setEvent(event ?? '')}
        />
        <NumberInput
          label="At most so many a second"
          description="In their old order; receivers are not flooded."
          min={1}
          max={1000}
          clampBehavior="strict"
          allowDecimal={false}
          value={rate}
          onChange={(rate) => typeof rate === 'number' && setRate(rate)}
        />
        <Alert
          variant="light"
          color={count.error ? 'red' : 'iris'}
          icon={<Info size={16} aria-hidden />}
          role="status"
        >
          {states.length === 0
            ? 'Choose how they ended.'
            : count.error
              ? sentence(count.error)
              : total === undefined
                ? 'Counting…'
                : total === 0
                  ? 'There are none.'
                  : `${many(total, 'delivery', 'deliveries')} will be sent again.`}
        </Alert>
        <Refusal of={begin} />
        <div className="row" style={{ justifyContent: 'flex-end' }}>
          <Button variant="default" onClick={close}>
            Cancel
          </Button>
          <Button type="submit" disabled={!total} loading={begin.isPending}>
            {total ? `Redeliver ${total}` : 'Redeliver'}
          </Button>
        </div>
      </form>
    </Modal>
  );
}
