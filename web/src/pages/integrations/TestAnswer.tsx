import { Anchor, Loader } from '@mantine/core';
import { Link } from '@tanstack/react-router';
import { CircleCheck, CircleX } from 'lucide-react';
import { query, type Shape } from '../../api/client';
import { sentence } from '../../api/errors';
import { StatusCode } from '../../parts/Pill';
import { Said } from '../../parts/Said';
import { Refusal } from '../../parts/States';
import { Steps } from '../../parts/Steps';
import { bytes, duration } from '../../words/numbers';
import { isExplained } from './faults';
import classes from './test.module.css';

/** Sends a test, and keeps what came of it. */
export const useTest = () => query.useMutation('post', '/integrations/{id}/test');

interface TestAnswerProps {
  of: { data: Shape['DeliveryWhole'] | undefined; error: unknown; isPending: boolean };
  /** The service's name; a webhook has none. */
  connector?: string | undefined;
  /** The integration whose settings may be wrong, where one is not there already. */
  settings?: string;
}

/** How often a test that waits for others is looked at. */
const LOOK_MS = 1500;

/** What a receiver said to a test: the cause in large, its status and time, and all that was asked. */
export function TestAnswer({ of, connector, settings }: TestAnswerProps) {
  const sent = of.data;
  const later = query.useQuery(
    'get',
    '/deliveries/{id}',
    { params: { path: { id: sent?.delivery.id ?? '' } } },
    {
      enabled: sent !== undefined && sent.attempts.length === 0,
      refetchInterval: ({ state }) => (state.data && state.data.attempts.length > 0 ? false : LOOK_MS),
    },
  );
  const who = connector ?? 'the receiver';
  if (of.isPending)
    return (
      <div className="row dimmed small" role="status">
        <Loader size={14} /> Waiting for {connector ? `${who}’s` : 'the receiver’s'} answer…
      </div>
    );
  if (of.error) return <Refusal of={of} />;
  if (!sent) return null;
  const attempt = (sent.attempts.length > 0 ? sent : later.data)?.attempts.at(-1);
  const details = (
    <Anchor
      component={Link}
      to="/deliveries/$id"
      params={{ id: sent.delivery.id } as never}
      fz={12}
      underline="always"
    >
      See the delivery
    </Anchor>
  );
  if (!attempt)
    return (
      <div className="row wrap small" role="status">
        <Loader size={14} /> On its way; others are before it. {details}
      </div>
    );
  const arrived = attempt.outcome === 'succeeded';
  const isNothing = attempt.outcome === 'cancelled';
  const Icon = arrived ? CircleCheck : CircleX;
  return (
    <div role="status" className="stack" style={{ gap: 12 }}>
      <div className={`${classes['answer']} ${arrived ? 'tone-ok' : isNothing ? 'tone-mute' : 'tone-bad'}`}>
        <Icon size={18} aria-hidden />
        <div>
          <div className={classes['cause']}>
            {arrived ? 'Arrived' : <Said text={sentence(attempt.message)} />}
          </div>
          {!arrived && !isExplained(attempt) && <div className={classes['help']}>{attempt.help}</div>}
          <div className={classes['facts']}>
            <StatusCode status={attempt.status} />
            <span className="number">{duration(attempt.timings.totalMs)}</span>
            {details}
            {!arrived && settings && (
              <Anchor
                component={Link}
                {...({
                  to: '/integrations/$id',
                  params: { id: settings },
                  search: { tab: 'settings' },
                } as object)}
                fz={12}
                underline="always"
              >
                Change the settings
              </Anchor>
            )}
          </div>
        </div>
      </div>
      {attempt.steps && attempt.steps.length > 0 ? (
        <Steps of={attempt.steps} told={arrived ? '' : attempt.message} />
      ) : (
        attempt.responseBody !== '' && (
          <div className="card" style={{ overflow: 'hidden', boxShadow: 'none' }}>
            <div className="section-title" style={{ minHeight: 30, padding: '3px 12px' }}>
              Answer <span className="dimmed number">{bytes(attempt.responseBytes)}</span>
            </div>
            <pre
              className="json"
              style={{ maxHeight: 160 }}
              role="region"
              aria-label="The receiver’s answer"
              tabIndex={0}
            >
              {attempt.responseBody}
            </pre>
          </div>
        )
      )}
    </div>
  );
}
