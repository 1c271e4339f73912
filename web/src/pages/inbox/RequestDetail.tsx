import { ActionIcon, Button, Tooltip } from '@mantine/core';
import { Link } from '@tanstack/react-router';
import { Download, Trash2 } from 'lucide-react';
import { useMemo } from 'react';
import { query } from '../../api/client';
import { useMay } from '../../api/session';
import { Body } from '../../parts/Body';
import { Copy } from '../../parts/Copy';
import { Headers } from '../../parts/Headers';
import { failed } from '../../parts/notify';
import { Method, StatusCode } from '../../parts/Pill';
import { Lines, Loaded } from '../../parts/States';
import { bytes } from '../../words/numbers';
import { exact } from '../../words/time';
import { bodyAddress, useRequest, type ArrivedWhole, type Inbox } from './data';
import { fromBase64, hexDump } from './hex';
import styles from './inbox.module.css';
import { Verdict, verdictOf } from './Verdict';
import { placeOf, titleOf } from './words';

interface RequestDetailProps {
  inbox: Inbox;
  id: string;
  /** What to do after it was deleted. */
  gone: () => void;
}

/** All that a request said. */
export function RequestDetail({ inbox, id, gone }: RequestDetailProps) {
  const asked = useRequest(inbox.id, id);
  return (
    <section className="card" aria-label="Request" style={{ overflow: 'hidden' }}>
      <Loaded what="this request" of={asked} skeleton={<Lines count={5} height={40} />}>
        {({ request }) => (
          <>
            <Head inbox={inbox} request={request} gone={gone} />
            <Headers headers={request.headers} />
            {request.encoding ? <Binary request={request} /> : <Text request={request} />}
          </>
        )}
      </Loaded>
    </section>
  );
}

function Head({ inbox, request, gone }: { inbox: Inbox; request: ArrivedWhole; gone: () => void }) {
  const mayEdit = useMay('editor');
  const remove = query.useMutation('delete', '/inboxes/{id}/requests/{request}', {
    onSuccess: gone,
    onError: (error) => failed('Could not delete the request', error),
  });
  const sender = request.signature.integration;
  return (
    <div className={styles['detail-head']}>
      <div className="row wrap">
        <h2>{titleOf(request)}</h2>
        <Verdict verdict={request.signature.verdict} />
        <span className="row push">
          <Button
            component="a"
            href={bodyAddress(inbox.id, request.id)}
            download
            variant="default"
            size="xs"
            leftSection={<Download size={14} aria-hidden />}
          >
            Download body
          </Button>
          {mayEdit && (
            <Tooltip label="Delete">
              <ActionIcon
                variant="default"
                size={30}
                aria-label="Delete this request"
                loading={remove.isPending}
                onClick={() => remove.mutate({ params: { path: { id: inbox.id, request: request.id } } })}
              >
                <Trash2 size={14} aria-hidden />
              </ActionIcon>
            </Tooltip>
          )}
        </span>
      </div>
      <div className={styles.meta}>
        <Method name={request.method} />
        <span className={`mono ${styles.place}`}>{placeOf(request)}</span>
      </div>
      <div className={`${styles.meta} ${styles.facts}`}>
        <span className="number">{exact(request.receivedAt)}</span>
        <span className="number">{bytes(request.bytes)}</span>
        {request.attempt != null && <span>attempt {request.attempt}</span>}
        <span>
          answered <StatusCode status={request.answeredStatus} />
        </span>
      </div>
      {request.webhookId && (
        <div className={styles.meta}>
          <span className="mono clip" title={request.webhookId}>
            {request.webhookId}
          </span>
          <Copy value={request.webhookId} label="Copy webhook ID" />
        </div>
      )}
      <p className={styles.verdict}>
        {sender ? (
          <>
            Signed by{' '}
            <Link to="/integrations/$id" params={{ id: sender.id } as never} className="link">
              {sender.name}
            </Link>
            .
          </>
        ) : (
          verdictOf(request.signature.verdict).text
        )}
      </p>
    </div>
  );
}

const Text = ({ request }: { request: ArrivedWhole }) => (
  <>
    <Body text={request.body} name={`${request.id}.txt`} />
    {request.bodyTruncated && (
      <p className={styles.note}>
        The first MiB of {bytes(request.bytes)} is shown. Download body has all of it.
      </p>
    )}
  </>
);

/** Bytes are never shown as what they say they are. */
function Binary({ request }: { request: ArrivedWhole }) {
  const dump = useMemo(() => hexDump(fromBase64(request.body)), [request.body]);
  return (
    <>
      <div className="section-title">
        Body <span className="dimmed number">{bytes(request.bytes)}</span>
        <span className="dimmed">binary</span>
      </div>
      <pre className={`json ${styles.hex}`} role="region" aria-label="Body in hex" tabIndex={0}>
        {dump}
      </pre>
      {request.bytes > 512 && (
        <p className={styles.note}>The first 512 bytes are shown. Download body has all of it.</p>
      )}
    </>
  );
}
