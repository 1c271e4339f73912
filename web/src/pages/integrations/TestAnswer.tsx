import { Anchor, Loader } from '@mantine/core';
import { Link } from '@tanstack/react-router';
import { query, type Shape } from '../../api/client';
import { StatusCode } from '../../parts/Pill';
import { Refusal } from '../../parts/States';
import { bytes, duration } from '../../words/numbers';

/** Sends a test, and keeps what came of it. */
export const useTest = () => query.useMutation('post', '/integrations/{id}/test');

interface TestAnswerProps {
  of: { data: Shape['DeliveryWhole'] | undefined; error: unknown; isPending: boolean };
}

/** What a receiver said to a test: its status, its time, its words. */
export function TestAnswer({ of }: TestAnswerProps) {
  if (of.isPending)
    return (
      <div className="row dimmed small" role="status">
        <Loader size={14} /> Waiting for the receiver’s answer…
      </div>
    );
  if (of.error) return <Refusal of={of} />;
  if (!of.data) return null;
  const { attempts, delivery } = of.data;
  const attempt = attempts.at(-1);
  const details = (
    <Anchor
      component={Link}
      to="/deliveries/$id"
      params={{ id: delivery.id } as never}
      fz={12}
      underline="always"
    >
      See the delivery
    </Anchor>
  );
  if (!attempt)
    return (
      <div className="row wrap small" role="status">
        On its way; others are before it. {details}
      </div>
    );
  const arrived = attempt.outcome === 'succeeded';
  return (
    <div role="status" className="stack" style={{ gap: 8 }}>
      <div className="row wrap small">
        <StatusCode status={attempt.status} />
        <span className={arrived ? 'ok-text' : 'bad-text'}>
          {arrived ? 'Arrived' : capital(attempt.message)} · {duration(attempt.timings.totalMs)}
        </span>
        {details}
      </div>
      {!arrived && <div className="field-note">{attempt.help}</div>}
      {attempt.responseBody !== '' && (
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
      )}
    </div>
  );
}

const capital = (text: string) => text.charAt(0).toUpperCase() + text.slice(1);
