import { SegmentedControl, Skeleton, Switch } from '@mantine/core';
import { useState } from 'react';
import { useAddress } from '../../../parts/search';
import { Loaded } from '../../../parts/States';
import { When } from '../../../parts/When';
import { duration, percent, whole } from '../../../words/numbers';
import { tried, useHealth, type HealthDetail } from '../health';
import { HealthChart, HealthTable } from './HealthChart';
import { Outcomes } from './Outcomes';

const RANGES = [
  { value: '24', label: '24 h' },
  { value: '168', label: '7 d' },
  { value: '720', label: '30 d' },
];

/** How an integration has done: numbers, bars over time, and how attempts ended. */
export function HealthCard({ id }: { id: string }) {
  const [{ range }, change] = useAddress();
  const hours = RANGES.find(({ value }) => value === range)?.value ?? '24';
  const asked = useHealth(id, Number(hours));
  const [asTable, setAsTable] = useState(false);
  const Shown = asTable ? HealthTable : HealthChart;
  return (
    <>
      <section className="card" aria-labelledby="health" style={{ overflow: 'hidden' }}>
        <div className="card-head">
          <h2 id="health">Health</h2>
          <span className="row wrap push" style={{ gap: 14 }}>
            <Switch
              size="xs"
              label="As a table"
              checked={asTable}
              onChange={(event) => setAsTable(event.currentTarget.checked)}
            />
            <SegmentedControl
              size="xs"
              aria-label="Range"
              data={RANGES}
              value={hours}
              onChange={(value) => change({ range: value === '24' ? undefined : value })}
            />
          </span>
        </div>
        <Loaded what="its health" of={asked} skeleton={<Skeleton height={268} radius={0} />}>
          {({ health }) => (
            <>
              <Numbers of={health} />
              <Shown of={health} hours={Number(hours)} />
              {health.partial && (
                <div className="field-note" style={{ padding: '0 16px 12px' }}>
                  There were more deliveries than are looked at: the oldest are not counted.
                </div>
              )}
            </>
          )}
        </Loaded>
      </section>
      {asked.data && <Outcomes of={asked.data.health} />}
    </>
  );
}

function Numbers({ of }: { of: HealthDetail }) {
  const { delivered, missed, isPoor } = tried(of);
  return (
    <dl className="numbers">
      <div>
        <dt>Success</dt>
        <dd className={isPoor ? 'bad-text' : undefined}>{percent(delivered, delivered + missed)}</dd>
      </div>
      <div>
        <dt>Delivered</dt>
        <dd>{whole(delivered)}</dd>
      </div>
      <div>
        <dt>Failed or retrying</dt>
        <dd className={missed > 0 ? 'bad-text' : undefined}>{whole(missed)}</dd>
      </div>
      <div>
        <dt>Waiting now</dt>
        <dd>{whole(of.pending + of.held)}</dd>
      </div>
      <div>
        <dt>Answer takes, p50 · p95</dt>
        <dd>
          {duration(of.latency?.p50)} <small className="dimmed">{duration(of.latency?.p95)}</small>
        </dd>
      </div>
      <div>
        <dt>Last delivered</dt>
        <dd style={{ fontSize: 14, paddingTop: 5 }}>
          <When at={of.lastDeliveryAt} />
        </dd>
      </div>
    </dl>
  );
}
