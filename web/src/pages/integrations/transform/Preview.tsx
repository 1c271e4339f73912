import { Button, Select } from '@mantine/core';
import { keepPreviousData, useQuery } from '@tanstack/react-query';
import { Ban, Send } from 'lucide-react';
import { useEffect, useState } from 'react';
import { api, query, type Shape } from '../../../api/client';
import { sentence } from '../../../api/errors';
import { Body } from '../../../parts/Body';
import { Method } from '../../../parts/Pill';
import { kindOf } from '../../../words/kinds';
import { exact } from '../../../words/time';
import { isActive } from '../changes';
import type { IntegrationView } from '../standing';
import { useTest } from '../TestAnswer';
import classes from './transform.module.css';

/** What a script would make of an event that has happened. Nothing is sent. */
export function Preview({ it, source }: { it: IntegrationView; source: string }) {
  const events = useEvents(it);
  const [wanted, want] = useState<string | null>(null);
  // The newest when it was first looked at: it doesn't change because something else happens.
  const newest = events[0]?.value;
  useEffect(() => {
    if (newest) want((old) => old ?? newest);
  }, [newest]);
  const event = wanted ?? newest ?? null;
  const tried = useQuery({
    // Not a path of the API: what is told to have changed changes nothing here.
    queryKey: ['transform', it.id, source, event],
    queryFn: async () => {
      const body = { transform: source, event };
      const { data } = await api.POST('/integrations/{id}/transform', {
        params: { path: { id: it.id } },
        body,
      });
      return data!;
    },
    staleTime: Infinity,
    gcTime: 60_000,
    placeholderData: keepPreviousData,
    retry: false,
  });
  return (
    <section className="card" aria-label="What would be sent" style={{ overflow: 'hidden' }}>
      <div className="section-title">
        <span>What would be sent</span>
        <span className="push">
          <Select
            size="xs"
            w={230}
            aria-label="Event to try it on"
            placeholder="No event yet"
            disabled={events.length === 0}
            data={events}
            value={event}
            onChange={want}
            comboboxProps={{ shadow: 'md', position: 'bottom-end' }}
          />
        </span>
      </div>
      <div aria-live="polite" data-old={tried.isPlaceholderData || undefined} className={classes['preview']}>
        {tried.error ? (
          <Unable it={it} error={tried.error} use={want} />
        ) : (
          tried.data && <Outcome of={tried.data} />
        )}
      </div>
    </section>
  );
}

function Outcome({ of }: { of: Shape['TransformAnswer'] }) {
  const { request, error, cancelled } = of;
  return (
    <>
      {error && (
        <pre className={`${classes['note']} tone-bad`} role="alert">
          {error.charAt(0).toUpperCase() + error.slice(1)}
        </pre>
      )}
      {cancelled && (
        <div className={`${classes['note']} tone-mute row`}>
          <Ban size={15} aria-hidden /> The script leaves this event out: its delivery would end as cancelled.
        </div>
      )}
      {request && (
        <>
          <div className={`${classes['line']} row`}>
            <Method name={request.method} />
            <span className="mono" style={{ overflowWrap: 'anywhere' }}>
              {request.url}
            </span>
          </div>
          {Object.entries(request.headers as Record<string, string>).map(([name, value]) => (
            <div key={name} className={`${classes['line']} mono`}>
              <span className="dimmed">{name}:</span> {value}
            </div>
          ))}
          <Body text={request.body} name="body.json" title="Body to be sent" />
        </>
      )}
      {of.console.length > 0 && (
        <>
          <div className="section-title">Console</div>
          <pre className="json" role="region" aria-label="Console" tabIndex={0}>
            {of.console.join('\n')}
          </pre>
        </>
      )}
      <Body text={JSON.stringify(of.webhook, null, 2)} name="webhook.json" title="What the script is given" />
    </>
  );
}

interface UnableProps {
  it: IntegrationView;
  error: unknown;
  use: (event: string) => void;
}

/** It could not be tried; where no event has happened yet, a test makes one. */
function Unable({ it, error, use }: UnableProps) {
  const test = useTest();
  return (
    <div className="stack" style={{ padding: 16, gap: 10 }} role="alert">
      <div style={{ fontSize: 13 }}>{sentence(error)}</div>
      {isActive(it) && (
        <div>
          <Button
            size="xs"
            variant="default"
            leftSection={<Send size={13} aria-hidden />}
            loading={test.isPending}
            onClick={() =>
              test.mutate(
                { params: { path: { id: it.id } } },
                { onSuccess: ({ delivery }) => use(delivery.eventId) },
              )
            }
          >
            Send test, and try it on that
          </Button>
        </div>
      )}
    </div>
  );
}

/** Events that there have been: those for this integration, then others of its kind. */
function useEvents(it: IntegrationView) {
  const own = query.useQuery('get', '/integrations/{id}/deliveries', {
    params: { path: { id: it.id }, query: { limit: 25 } },
  });
  const others = query.useQuery('get', '/deliveries', { params: { query: { event: it.event, limit: 25 } } });
  const found = new Map<string, string>();
  for (const delivery of [...(own.data?.deliveries ?? []), ...(others.data?.deliveries ?? [])])
    if (!found.has(delivery.eventId))
      found.set(
        delivery.eventId,
        `${delivery.event === it.event ? (delivery.type ?? '') : kindOf(delivery.event).short} ${exact(delivery.createdAt)}`.trim(),
      );
  return [...found].map(([value, label]) => ({ value, label }));
}
