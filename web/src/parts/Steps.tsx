import { Collapse } from '@mantine/core';
import { ChevronRight } from 'lucide-react';
import { useId, useState } from 'react';
import type { Shape } from '../api/client';
import { sentence } from '../api/errors';
import { duration } from '../words/numbers';
import { Body } from './Body';
import { Headers } from './Headers';
import { Method, StatusCode } from './Pill';
import { Said } from './Said';
import styles from './Steps.module.css';

type Step = Shape['StepView'];

interface StepsProps {
  of: Step[];
  /** What stands above them already. */
  told: string;
}

/** What a connector asked for one attempt, one request after the other; each opens. */
export const Steps = ({ of, told }: StepsProps) => (
  <ol className={`card ${styles['steps']}`} aria-label="Requests">
    {of.map((step, at) => (
      <One key={at} step={step} number={at + 1} isTold={step.message === told} />
    ))}
  </ol>
);

function One({ step, number, isTold }: { step: Step; number: number; isTold: boolean }) {
  const [open, setOpen] = useState(false);
  const id = useId();
  return (
    <li>
      <button
        type="button"
        className={styles['step']}
        aria-expanded={open}
        aria-controls={id}
        onClick={() => setOpen(!open)}
      >
        <ChevronRight size={14} aria-hidden data-open={open || undefined} />
        <span className="dimmed number">{number}</span>
        <Method name={step.method} />
        <span className="mono clip" title={step.url}>
          {step.url}
        </span>
        <StatusCode status={step.status} />
        <span className="dimmed number">{duration(step.timings.totalMs)}</span>
      </button>
      <Collapse expanded={open} id={id} keepMounted={false}>
        <div className={styles['whole']}>
          {!isTold && (
            <p className={styles['message']}>
              <Said text={sentence(step.message)} />
            </p>
          )}
          <Headers headers={step.requestHeaders} title="Request headers" />
          <Body text={step.requestBody} name="request.txt" title="Request body" />
          {step.status == null ? (
            <>
              <div className="section-title">Answer</div>
              <div className="json dimmed">There was none</div>
            </>
          ) : (
            <>
              <Headers headers={step.responseHeaders} title="Answer headers" />
              <Body text={step.responseBody} name="answer.txt" title="Answer body" />
            </>
          )}
        </div>
      </Collapse>
    </li>
  );
}
