import { Button } from '@mantine/core';
import { Check, Clock, Hand, X } from 'lucide-react';
import { clause, sentence } from '../../api/errors';
import { Method, StatusCode } from '../../parts/Pill';
import { Said } from '../../parts/Said';
import { useNow } from '../../parts/When';
import { ago, exact } from '../../words/time';
import { duration } from '../../words/numbers';
import { isExplained } from '../integrations/faults';
import styles from './detail.module.css';
import type { Attempt } from './DeliveryDetail';
import { Phases } from './Phases';
import type { Row } from './rows';
import { keepsPlace } from './words';

interface AttemptsProps {
  delivery: Row;
  attempts: Attempt[];
  /** Shows an answer: of the attempt, or of one of its requests. */
  show: (id: string, step?: number) => void;
}

/** Each attempt and how it went, and at the end when the next follows and why. */
export function Attempts({ delivery, attempts, show }: AttemptsProps) {
  const now = useNow();
  const last = attempts.at(-1);
  const next = delivery.status === 'scheduled' ? delivery.nextAttemptAt : undefined;
  const isKept = keepsPlace(delivery);
  return (
    <ol className={styles.steps}>
      {attempts.map((attempt) => (
        <Step key={attempt.id} attempt={attempt} show={show} />
      ))}
      {next && (
        <li className={styles.step}>
          <span className={`${styles.dot} tone-info`}>
            <Clock size={13} aria-hidden />
          </span>
          <div>
            <div className={styles['step-head']}>
              <strong>
                {Date.parse(next) > now
                  ? `Next try ${ago(next, now)}`
                  : isKept
                    ? 'It is tried again by the schedule'
                    : 'The next try is due'}
              </strong>
              {!isKept && <span className="dimmed number small push">{exact(next)}</span>}
            </div>
            <div className={`${styles['step-words']} dimmed`}>
              {last && delivery.attemptCount > 0
                ? last.retryAfterMs
                  ? `The receiver asked for a pause of ${duration(last.retryAfterMs)}.`
                  : `Because ${clause(last.message)}.`
                : 'It is sent as soon as it has its turn.'}
            </div>
          </div>
        </li>
      )}
      {attempts.length === 0 && !next && <li className="dimmed small">Nothing was sent.</li>}
    </ol>
  );
}

function Step({ attempt, show }: Pick<AttemptsProps, 'show'> & { attempt: Attempt }) {
  const isGood = attempt.outcome === 'succeeded';
  const isManual = attempt.trigger === 'manual';
  const steps = attempt.steps ?? [];
  return (
    <li className={styles.step}>
      <span className={`${styles.dot} ${isGood ? 'tone-ok' : 'tone-bad'}`}>
        {isGood ? <Check size={13} aria-hidden /> : <X size={13} aria-hidden />}
      </span>
      <div>
        <div className={styles['step-head']}>
          <strong>Attempt {attempt.number}</strong>
          <StatusCode status={attempt.status} />
          <span className="mono dimmed">{attempt.outcome}</span>
          {isManual && (
            <span className="row small dimmed" style={{ gap: 4 }}>
              <Hand size={13} aria-hidden /> redelivery
            </span>
          )}
          <span className="dimmed number small push">{exact(attempt.startedAt)}</span>
        </div>
        <div className={styles['step-words']}>
          <Said text={sentence(attempt.message)} />
        </div>
        {!isGood && !isExplained(attempt) && (
          <div className={`${styles['step-words']} dimmed`}>{attempt.help}</div>
        )}
        {steps.length > 1 && <Asked attempt={attempt} show={show} />}
        <div className="row" style={{ alignItems: 'flex-end' }}>
          <div style={{ flex: 1, minWidth: 0 }}>
            <Phases timings={attempt.timings} />
          </div>
          <Button
            size="compact-xs"
            variant="default"
            onClick={() => show(attempt.id)}
            aria-label={`Answer to attempt ${attempt.number}`}
          >
            Answer
          </Button>
        </div>
      </div>
    </li>
  );
}

/** What was asked, one request after the other. */
const Asked = ({ attempt, show }: Pick<AttemptsProps, 'show'> & { attempt: Attempt }) => (
  <ol className={styles.asked} aria-label={`Requests of attempt ${attempt.number}`}>
    {attempt.steps?.map(({ method, url, status, timings }, at) => (
      <li key={at}>
        <span className="dimmed number">{at + 1}</span>
        <Method name={method} />
        <button
          type="button"
          className={`mono clip ${styles['asked-url']}`}
          title={url}
          onClick={() => show(attempt.id, at)}
        >
          {url}
        </button>
        <StatusCode status={status} />
        <span className="dimmed number">{duration(timings.totalMs)}</span>
      </li>
    ))}
  </ol>
);
