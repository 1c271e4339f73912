import { Checkbox, Tooltip } from '@mantine/core';
import { Link } from '@tanstack/react-router';
import { Bars } from '../../../parts/Bars';
import { Pill } from '../../../parts/Pill';
import { Tile } from '../../../parts/Tile';
import type { ConnectorEntry } from '../../../parts/useConnectors';
import { When } from '../../../parts/When';
import { kindOf } from '../../../words/kinds';
import { many, percent } from '../../../words/numbers';
import { tried, type Health } from '../health';
import { IntegrationMenu } from '../IntegrationMenu';
import { placeOf, standing, type IntegrationView } from '../standing';

interface RowProps {
  of: IntegrationView;
  connector: ConnectorEntry | undefined;
  target: string;
  health: Health | undefined;
  mayEdit: boolean;
  isPicked: boolean;
  pick: (picked: boolean, wholeRange: boolean) => void;
}

export function Row({ of, connector, target, health, mayEdit, isPicked, pick }: RowProps) {
  const kind = kindOf(of.event);
  const { state, why } = standing(of);
  const place = placeOf(of);
  const counts = health && tried(health);
  const sum = counts ? counts.delivered + counts.missed : 0;
  return (
    <tr data-picked={isPicked || undefined}>
      {mayEdit && (
        <td className="pick">
          <Checkbox
            aria-label={`Select ${of.name}`}
            checked={isPicked}
            onChange={({ currentTarget, nativeEvent }) =>
              pick(currentTarget.checked, 'shiftKey' in nativeEvent && nativeEvent.shiftKey === true)
            }
          />
        </td>
      )}
      <td>
        <div className="row" style={{ gap: 11, minWidth: 220 }}>
          <Tile icon={connector?.icon} />
          <div style={{ minWidth: 0 }}>
            <div className="clip" style={{ maxWidth: 300 }}>
              <Link to="/integrations/$id" params={{ id: of.id } as never} className="name" title={of.name}>
                {of.name}
              </Link>
            </div>
            <div className="dimmed clip small" style={{ maxWidth: 300 }} title={place}>
              {connector?.name ?? of.connector}
              {place && (
                <>
                  {' · '}
                  <span className="mono" style={{ fontSize: 11.5 }}>
                    {place}
                  </span>
                </>
              )}
            </div>
          </div>
        </div>
      </td>
      <td>
        <div style={{ whiteSpace: 'nowrap' }}>{kind.short}</div>
        <div className="dimmed small clip" style={{ maxWidth: 190 }} title={target}>
          {target}
        </div>
      </td>
      <td>
        <Tooltip label={why} multiline maw={320}>
          <span tabIndex={0} role="note" aria-label={`${state}: ${why}`}>
            <Pill state={state} />
          </span>
        </Tooltip>
      </td>
      <td>
        {health && (
          <Bars
            bars={health.buckets.map(({ delivered, failed, retrying }) => ({
              value: delivered + failed + retrying,
              bad: failed + retrying,
              ...(state === 'paused' && { tone: 'mute' as const }),
            }))}
            label={`${many(sum, 'delivery', 'deliveries')} in the last 24 hours, ${counts?.missed} failed or retrying`}
          />
        )}
      </td>
      <td className="end number">
        <span className={counts?.isPoor ? 'bad-text' : sum === 0 ? 'dimmed' : undefined}>
          {counts ? percent(counts.delivered, sum) : '—'}
        </span>
      </td>
      <td>
        <When at={health?.lastDeliveryAt} />
      </td>
      {mayEdit && (
        <td className="end">
          <IntegrationMenu of={of} />
        </td>
      )}
    </tr>
  );
}
