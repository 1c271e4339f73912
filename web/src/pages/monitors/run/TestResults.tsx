import { Checkbox } from '@mantine/core';
import { AlertTriangle, Check, ListChecks, X } from 'lucide-react';
import { useAddress } from '../../../parts/search';
import { Method, StatusCode } from '../../../parts/Pill';
import { Empty } from '../../../parts/States';
import type { Shape } from '../../../api/client';
import { bytes, duration, many } from '../../../words/numbers';
import type { Run } from '../data/run';
import css from './run.module.css';

type Execution = Shape['ExecutionView'];

const isBad = ({ assertions, errors, response }: Execution) =>
  errors.length > 0 || !response || assertions.some((test) => !test.passed);

/** Each request with its tests, in the order in which they were made. */
export function TestResults({ run }: { run: Run }) {
  const [address, change] = useAddress();
  const all = run.executions ?? [];
  const bad = all.filter(isBad).length;
  const onlyFailed = address['failed'] === '1';
  const shown = onlyFailed ? all.filter(isBad) : all;
  if (all.length === 0)
    return (
      <Empty icon={ListChecks} title="No request was made">
        {run.failures?.[0]
          ? `${run.failures[0].name}: ${run.failures[0].message}`
          : 'The collection is empty, or the run ended before its first request.'}
      </Empty>
    );
  return (
    <>
      <div className={css['bar']}>
        <Checkbox
          size="xs"
          label="Failed only"
          checked={onlyFailed}
          onChange={(event) => change({ failed: event.currentTarget.checked ? '1' : undefined })}
        />
        <span className="dimmed small push number">
          {bad === 0
            ? `${many(all.length, 'request')}, none failed`
            : `${bad} of ${many(all.length, 'request')} failed`}
        </span>
      </div>
      {shown.length === 0 && (
        <Empty icon={Check} title="Nothing failed in this run">
          Every request was answered and every test passed.
        </Empty>
      )}
      {shown.map((execution) => (
        <Request key={execution.id} execution={execution} onlyFailed={onlyFailed} />
      ))}
    </>
  );
}

function Request({ execution, onlyFailed }: { execution: Execution; onlyFailed: boolean }) {
  const { item, request, response, assertions, errors } = execution;
  const tests = onlyFailed ? assertions.filter((test) => !test.passed) : assertions;
  return (
    <div className={css['request']}>
      <div className={css['request-head']}>
        <Method name={request.method} />
        <strong className={css['request-name']}>{item.name}</strong>
        <span className={`${css['url']} mono dimmed clip`} title={request.url}>
          {request.url}
        </span>
        <span className={css['answer']}>
          <StatusCode status={response?.code} />
          <span className="dimmed number">{duration(response?.responseTime)}</span>
          <span className="dimmed number">{bytes(response?.responseSize)}</span>
        </span>
      </div>
      <ul className={css['tests']}>
        {errors.map((error, at) => (
          <li key={`error-${at}`}>
            <AlertTriangle size={15} className="warn-text" aria-label="Error" />
            <div>
              {error.name}
              <div className="mono warn-text">{error.message}</div>
            </div>
          </li>
        ))}
        {tests.map((test, at) => (
          <li key={at}>
            {test.passed ? (
              <Check size={15} className="ok-text" aria-label="Passed" />
            ) : (
              <X size={15} className="bad-text" aria-label="Failed" />
            )}
            <div>
              {test.name}
              {test.message && <div className="mono bad-text">{test.message}</div>}
            </div>
          </li>
        ))}
        {assertions.length === 0 && errors.length === 0 && (
          <li className="dimmed">{response ? 'No tests' : 'No answer, so no test was made'}</li>
        )}
      </ul>
    </div>
  );
}
