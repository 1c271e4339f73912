import { Button, Select } from '@mantine/core';
import { Link } from '@tanstack/react-router';
import { FileX2 } from 'lucide-react';
import { useMay } from '../../../api/session';
import type { Shape } from '../../../api/client';
import { Body } from '../../../parts/Body';
import { useAddress } from '../../../parts/search';
import { Method, StatusCode } from '../../../parts/Pill';
import { Empty } from '../../../parts/States';
import { bytes, duration } from '../../../words/numbers';
import type { Run } from '../data/run';
import css from './run.module.css';

type Execution = Shape['ExecutionView'];

const headersOf = (headers: object | undefined) => Object.entries((headers ?? {}) as Record<string, string>);

const isKept = ({ request, response }: Execution) =>
  headersOf(request.headers).length > 0 ||
  headersOf(response?.headers).length > 0 ||
  request.body != null ||
  response?.body != null;

/** Request and answer in full, where the monitor keeps them. */
export function RawRun({ uid, run }: { uid: string; run: Run }) {
  const [address, change] = useAddress();
  const mayEdit = useMay('editor');
  const all = run.executions ?? [];
  if (!all.some(isKept))
    return (
      <Empty
        icon={FileX2}
        title="Headers and bodies of this run were not kept"
        action={
          mayEdit && (
            <Button
              variant="default"
              renderRoot={(props) => <Link {...props} to="/monitors/$uid/edit" params={{ uid } as never} />}
            >
              Edit monitor
            </Button>
          )
        }
      >
        With “Keep headers and bodies” in the monitor, its runs from then on keep them.
      </Empty>
    );
  const chosen = all.find((it) => String(it.id) === address['raw']) ?? all[0]!;
  const { request, response } = chosen;
  return (
    <>
      <div className={css['bar']}>
        <Select
          size="xs"
          w={320}
          aria-label="Request"
          searchable
          data={all.map((it) => ({
            value: String(it.id),
            label: `${it.id}. ${it.request.method} ${it.item.name}`,
          }))}
          value={String(chosen.id)}
          onChange={(value) => change({ raw: value ?? undefined })}
        />
        <span className={css['answer']}>
          <StatusCode status={response?.code} />
          <span className="dimmed number">{duration(response?.responseTime)}</span>
          <span className="dimmed number">{bytes(response?.responseSize)}</span>
        </span>
      </div>
      <div className={css['raw']}>
        <section aria-label="Request">
          <div className={css['raw-line']}>
            <Method name={request.method} />
            <span className="mono">{request.url}</span>
          </div>
          <Headers of={request.headers} title="Request headers" />
          <Body text={request.body ?? ''} title="Request body" name="request-body.txt" />
        </section>
        <section aria-label="Response">
          {response ? (
            <>
              <div className={css['raw-line']}>
                <StatusCode status={response.code} />
                <span className="dimmed small number">
                  in {duration(response.responseTime)}, {bytes(response.responseSize)}
                </span>
              </div>
              <Headers of={response.headers} title="Response headers" />
              <Body text={response.body ?? ''} title="Response body" name="response-body.txt" />
            </>
          ) : (
            <Empty icon={FileX2} title="There was no answer">
              {chosen.errors[0]?.message ?? 'The request ended before one came.'}
            </Empty>
          )}
        </section>
      </div>
    </>
  );
}

function Headers({ of, title }: { of: object; title: string }) {
  const headers = headersOf(of);
  return (
    <>
      <div className="section-title">{title}</div>
      {headers.length === 0 ? (
        <div className="json dimmed">None</div>
      ) : (
        <dl className="pairs mono">
          {headers.map(([name, value]) => [
            <dt key={name}>{name}</dt>,
            <dd key={`${name}-value`}>{value}</dd>,
          ])}
        </dl>
      )}
    </>
  );
}
