import { Link } from '@tanstack/react-router';
import type { ReactNode } from 'react';
import type { Shape } from '../../api/client';
import { Copy } from '../../parts/Copy';
import { kindOf } from '../../words/kinds';
import { exact } from '../../words/time';
import type { Integration } from './DeliveryDetail';
import type { Row } from './rows';

interface EventTabProps {
  delivery: Row;
  event: Shape['EventView'] | undefined;
  integration: Integration | undefined;
}

/** What happened, and where it happened. */
export function EventTab({ delivery, event, integration }: EventTabProps) {
  const told = (event?.payload ?? {}) as Record<string, unknown>;
  const text = (name: string) => {
    const value = told[name];
    return typeof value === 'string' && value !== '' ? value : undefined;
  };
  const collection = text('collection_uid') ?? integration?.collection ?? undefined;
  const monitor = text('monitor_uid') ?? integration?.monitor ?? undefined;
  const rows: [string, ReactNode][] = [
    ['Event', <Id key="id" id={delivery.eventId} label="Copy event ID" />],
    ['Kind', kindOf(delivery.event).short],
    ['Type', delivery.type],
    ['Happened', event ? exact(event.createdAt) : 'No longer kept'],
    ['It tells', text('message')],
    ['By', text('user_name')],
    [
      'Collection',
      collection && (
        <To
          to="/collections/$uid"
          params={{ uid: collection }}
          label={text('collection_name') ?? collection}
        />
      ),
    ],
    [
      'Monitor',
      monitor && <To to="/monitors/$uid" params={{ uid: monitor }} label={text('monitor_name') ?? monitor} />,
    ],
    [
      'Run',
      monitor && text('run_id') && (
        <To
          to="/monitors/$uid/runs/$run"
          params={{ uid: monitor, run: text('run_id')! }}
          label={text('run_id')!}
        />
      ),
    ],
    [
      'Integration',
      delivery.integrationName ? (
        <To to="/integrations/$id" params={{ id: delivery.integrationId }} label={delivery.integrationName} />
      ) : (
        'Deleted'
      ),
    ],
    [
      'Other deliveries',
      delivery.integrationName && (
        <Link
          className="link"
          to={'/deliveries' as never}
          search={{ integration: delivery.integrationId } as never}
        >
          All of this integration
        </Link>
      ),
    ],
  ];
  return (
    <dl className="pairs" style={{ fontSize: 13 }}>
      {rows.flatMap(([name, value]) =>
        value ? [<dt key={name}>{name}</dt>, <dd key={`${name} value`}>{value}</dd>] : [],
      )}
    </dl>
  );
}

const Id = ({ id, label }: { id: string; label: string }) => (
  <span className="row" style={{ gap: 4 }}>
    <span className="mono clip">{id}</span>
    <Copy value={id} label={label} />
  </span>
);

const To = ({ to, params, label }: { to: string; params: Record<string, string>; label: string }) => (
  <Link className="link" to={to as never} params={params as never}>
    {label}
  </Link>
);
