import { Checkbox, Tooltip } from '@mantine/core';
import { Link } from '@tanstack/react-router';
import { Bars } from '../../../parts/Bars';
import { Pill } from '../../../parts/Pill';
import { When } from '../../../parts/When';
import { kindOf } from '../../../words/kinds';
import { many, percent } from '../../../words/numbers';
import type { Health } from '../health';
import { IntegrationMenu } from '../IntegrationMenu';
import { shortUrl, standing, type IntegrationView } from '../standing';

interface RowProps {
  of: IntegrationView;
  target: string;
  health: Health | undefined;
  mayEdit: boolean;
  isPicked: boolean;
  pick: (picked: boolean, wholeRange: boolean) => void;
}

/** Below this share a success rate is trouble. */
const POOR = 0.9;

export function Row({ of, target, health, mayEdit, isPicked, pick }: RowProps) {
  const kind = kindOf(of.event);
  const { state, why } = standing(of);
  const Icon = kind.icon;
  const sum = health ? health.delivered + health.failed : 0;
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
          <span className="kind">
            <Icon size={16} aria-hidden />
          </span>
          <div style={{ minWidth: 0 }}>
            <div className="clip" style={{ maxWidth: 300 }}>
              <Link to="/integrations/$id" params={{ id: of.id } as never} className="name" title={of.name}>
                {of.name}
              </Link>
            </div>
            <div className="mono dimmed clip" style={{ maxWidth: 300, fontSize: 11.5 }} title={of.config.url}>
              {shortUrl(of.config.url)}
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
        {health ? (
          <Bars
            bars={health.stretches.map(({ delivered, failed }) => ({
              value: delivered + failed,
              bad: failed,
              ...(state === 'paused' && { tone: 'mute' as const }),
            }))}
            label={`${many(sum, 'delivery', 'deliveries')} in the last 24 hours, ${health.failed} failed or retrying`}
          />
        ) : null}
      </td>
      <td className="end number">
        {health && sum > 0 ? (
          <span className={health.delivered / sum < POOR ? 'bad-text' : undefined}>
            {percent(health.delivered, sum)}
          </span>
        ) : (
          <span className="dimmed">—</span>
        )}
      </td>
      <td>
        {health?.lastAt ? (
          <When at={health.lastAt} />
        ) : (
          <span className="dimmed small">{health ? 'None in 24 h' : '—'}</span>
        )}
      </td>
      {mayEdit && (
        <td className="end">
          <IntegrationMenu of={of} />
        </td>
      )}
    </tr>
  );
}
