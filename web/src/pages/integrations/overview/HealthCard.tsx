import { SegmentedControl, Skeleton, Switch } from '@mantine/core';
import { useState } from 'react';
import { useAddress } from '../../../parts/search';
import { Loaded } from '../../../parts/States';
import { When } from '../../../parts/When';
import { percent, whole } from '../../../words/numbers';
import type { Health } from '../health';
import { useHealth } from '../useHealth';
import { HealthChart, HealthTable } from './HealthChart';

const RANGES = [
  { value: '24', label: '24 h' },
  { value: '168', label: '7 d' },
  { value: '720', label: '30 d' },
];

/** Below this share a success rate is trouble. */
const POOR = 0.9;

/** How an integration has done: numbers, and bars over time. */
export function HealthCard({ id }: { id: string }) {
  const [{ range }, change] = useAddress();
  const hours = RANGES.some(({ value }) => value === range) ? range! : '24';
  const health = useHealth(id, Number(hours));
  const [asTable, setAsTable] = useState(false);
  return (
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
      <Loaded what="its health" of={health} skeleton={<Skeleton height={220} radius={0} />}>
        {(health) => (
          <>
            <Numbers of={health} />
            {asTable ? (
              <HealthTable of={health} hours={Number(hours)} />
            ) : (
              <HealthChart of={health} hours={Number(hours)} />
            )}
            {health.isPart && (
              <div className="field-note" style={{ padding: '0 16px 12px' }}>
                Of the newest 1,000 deliveries of that time.
              </div>
            )}
          </>
        )}
      </Loaded>
    </section>
  );
}

function Numbers({ of }: { of: Health }) {
  const sum = of.delivered + of.failed;
  const isPoor = sum > 0 && of.delivered / sum < POOR;
  return (
    <dl className="numbers">
      <div>
        <dt>Success</dt>
        <dd className={isPoor ? 'bad-text' : undefined}>{percent(of.delivered, sum)}</dd>
      </div>
      <div>
        <dt>Delivered</dt>
        <dd>{whole(of.delivered)}</dd>
      </div>
      <div>
        <dt>Failed or retrying</dt>
        <dd className={of.failed > 0 ? 'bad-text' : undefined}>{whole(of.failed)}</dd>
      </div>
      <div>
        <dt>Waiting</dt>
        <dd>{whole(of.waiting)}</dd>
      </div>
      <div>
        <dt>Last event</dt>
        <dd style={{ fontSize: 14, paddingTop: 5 }}>
          <When at={of.lastAt} />
        </dd>
      </div>
    </dl>
  );
}
