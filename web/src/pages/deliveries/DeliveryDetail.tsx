import { ActionIcon, Button, Tabs, Tooltip } from '@mantine/core';
import { Link } from '@tanstack/react-router';
import { Ban, ExternalLink, RotateCw, Send } from 'lucide-react';
import { useState } from 'react';
import type { Shape } from '../../api/client';
import { clause } from '../../api/errors';
import { useMay } from '../../api/session';
import { Copy } from '../../parts/Copy';
import { Pill, StatusCode } from '../../parts/Pill';
import { Lines, Loaded } from '../../parts/States';
import { useNow } from '../../parts/When';
import { many } from '../../words/numbers';
import { ago, clock, exact } from '../../words/time';
import { Attempts } from './Attempts';
import { CopyCurl } from './CopyCurl';
import styles from './detail.module.css';
import { EventTab } from './EventTab';
import { isWebhook } from '../integrations/standing';
import { RequestTab } from './RequestTab';
import { ResponseTab } from './ResponseTab';
import type { Row } from './rows';
import { sentOf } from './sent';
import { useAct, type Verb } from './useAct';
import { useDelivery } from './useDelivery';
import { DETAIL } from './useListKeys';
import { attemptsOf, why } from './why';
import { WhyNot } from './WhyNot';
import { isOver, keepsPlace, stateName, titleOf } from './words';

type Whole = Shape['DeliveryWhole'];
export type Attempt = Shape['AttemptView'];
export type Integration = Shape['IntegrationView'];

interface DeliveryDetailProps {
  id: string;
  /** As the list beside it knows it: when that has changed, so has the delivery. */
  row?: Row | undefined;
  isPage?: boolean;
}

/** A delivery, with what was sent, what came back, each attempt, and what it tells. */
export function DeliveryDetail({ id, row, isPage = false }: DeliveryDetailProps) {
  const { asked, integration, body } = useDelivery(id, row);
  return (
    <section className={`card ${styles.detail}`} aria-label="Delivery">
      <Loaded what="this delivery" of={asked} skeleton={<Lines count={6} height={36} />}>
        {(whole) => <Shown {...{ whole, integration, body, isPage }} changed={() => void asked.refetch()} />}
      </Loaded>
    </section>
  );
}

interface ShownProps {
  whole: Whole;
  integration: Integration | undefined;
  /** The body as its receiver gets it. */
  body: string | undefined;
  isPage: boolean;
  /** Something was done to it. */
  changed: () => void;
}

function Shown({ whole, integration, body, isPage, changed }: ShownProps) {
  const { delivery, event, attempts } = whole;
  const [chosen, choose] = useState<string>();
  const [step, chooseStep] = useState<number>();
  const [tab, setTab] = useState<string | null>('request');
  const attempt = attempts.find((one) => one.id === chosen) ?? attempts.at(-1);
  const sent = attempt && sentOf(attempt, step);
  const now = useNow();
  const because = why(delivery, attempts, integration, now);
  const url = sent?.url ?? integration?.config.url;
  const which = {
    attempts,
    choose: (id: string) => {
      choose(id);
      chooseStep(undefined);
    },
    step,
    chooseStep,
  };
  return (
    <>
      <div className={styles['detail-head']}>
        <div className="row wrap">
          <h2 id={DETAIL} tabIndex={-1}>
            {titleOf(delivery)}
          </h2>
          <Pill state={stateName(delivery)} />
          <span className="row wrap push">
            <CopyCurl sent={sent} body={sent?.requestBody ?? body} />
            <Actions
              delivery={delivery}
              integration={integration}
              hasBody={event?.payload != null}
              changed={changed}
            />
            {!isPage && (
              <Tooltip label="Open as a page">
                <ActionIcon
                  aria-label="Open as a page"
                  renderRoot={(props) => (
                    <Link {...props} to={'/deliveries/$id' as never} params={{ id: delivery.id } as never} />
                  )}
                >
                  <ExternalLink size={16} aria-hidden />
                </ActionIcon>
              </Tooltip>
            )}
          </span>
        </div>
        {(url || delivery.integrationName) && (
          <div className="row" style={{ marginTop: 6, gap: 4, minHeight: 24 }}>
            {url && (
              <>
                <span className="mono clip dimmed" title={url}>
                  {sent?.method ?? 'POST'} {url}
                </span>
                <Copy value={url} label="Copy URL" />
              </>
            )}
          </div>
        )}
        <Times whole={whole} integration={integration} now={now} />
        {because && <WhyNot why={because} delivery={delivery} isBad={delivery.status === 'exhausted'} />}
      </div>
      <Tabs value={tab} onChange={setTab} keepMounted={false} className={styles.tabs!}>
        <Tabs.List px={8}>
          <Tabs.Tab value="request">Request</Tabs.Tab>
          <Tabs.Tab
            value="response"
            rightSection={sent?.status ? <StatusCode status={sent.status} /> : undefined}
          >
            Response
          </Tabs.Tab>
          <Tabs.Tab value="attempts" rightSection={<span className="count">{attempts.length}</span>}>
            Attempts
          </Tabs.Tab>
          <Tabs.Tab value="event">Event</Tabs.Tab>
        </Tabs.List>
        <Tabs.Panel value="request" tabIndex={0} className={styles.panel!}>
          <RequestTab
            attempt={attempt}
            {...which}
            body={body}
            isTransformed={Boolean(integration?.config.transform)}
            isOwn={integration !== undefined && !isWebhook(integration)}
          />
        </Tabs.Panel>
        <Tabs.Panel value="response" tabIndex={0} className={styles.panel!}>
          <ResponseTab attempt={attempt} {...which} />
        </Tabs.Panel>
        <Tabs.Panel value="attempts" tabIndex={0} className={styles.panel!}>
          <Attempts
            delivery={delivery}
            attempts={attempts}
            show={(id, at) => {
              choose(id);
              chooseStep(at);
              setTab('response');
            }}
          />
        </Tabs.Panel>
        <Tabs.Panel value="event" tabIndex={0} className={styles.panel!}>
          <EventTab delivery={delivery} event={event ?? undefined} integration={integration} />
        </Tabs.Panel>
      </Tabs>
    </>
  );
}

/** When it was made, which attempt it stands at, and when the next follows and why. */
function Times(props: { whole: Whole; integration: Integration | undefined; now: number }) {
  const { delivery, attempts } = props.whole;
  const { attemptCount, nextAttemptAt, status } = delivery;
  const most = attemptsOf(props.integration);
  const last = attempts.at(-1);
  const tried =
    attemptCount === 0
      ? 'not tried yet'
      : status === 'scheduled' && attemptCount < most
        ? `attempt ${attemptCount} of ${most}`
        : many(attemptCount, 'attempt');
  return (
    <>
      <div className={`${styles.meta} number`}>
        <span>
          {exact(delivery.createdAt)} · {tried}
        </span>
        <span className="row push" style={{ gap: 4 }}>
          <span className="mono clip" title={delivery.id}>
            {delivery.id}
          </span>
          <Copy value={delivery.id} label="Copy delivery ID" />
        </span>
      </div>
      {status === 'scheduled' && nextAttemptAt && (
        <div className={`${styles.meta} number`} style={{ marginTop: 2 }}>
          {Date.parse(nextAttemptAt) > props.now
            ? `Next try ${ago(nextAttemptAt, props.now)} (at ${withSeconds(nextAttemptAt)})`
            : keepsPlace(delivery)
              ? 'It is tried again by the schedule'
              : 'The next try is due'}
          {last && attemptCount > 0 && ` because ${clause(last.message)}`}
        </div>
      )}
    </>
  );
}

const withSeconds = (iso: string) => `${clock(iso)}:${String(new Date(iso).getSeconds()).padStart(2, '0')}`;

interface ActionsProps {
  delivery: Row;
  integration: Integration | undefined;
  hasBody: boolean;
  changed: () => void;
}

function Actions({ delivery, integration, hasBody, changed }: ActionsProps) {
  const { act } = useAct();
  if (!useMay('editor')) return null;
  const run = (verb: Verb) => act.mutate({ verb, ids: [delivery.id] }, { onSuccess: changed });
  const doing = act.isPending ? act.variables.verb : undefined;
  const isHeld = delivery.status === 'held';
  // While its integration doesn't send, what is held stays so whatever one does.
  const canSend = !isHeld || integration?.status === 'active';
  return (
    <>
      {!isOver(delivery) && (
        <Button
          size="xs"
          px={10}
          variant="default"
          leftSection={<Ban size={14} aria-hidden />}
          loading={doing === 'cancel'}
          onClick={() => run('cancel')}
        >
          Cancel
        </Button>
      )}
      {isHeld && canSend && (
        <Button
          size="xs"
          px={10}
          leftSection={<Send size={14} aria-hidden />}
          loading={doing === 'release'}
          onClick={() => run('release')}
        >
          Release
        </Button>
      )}
      {!isHeld && (
        <Tooltip
          label={delivery.integrationName ? 'Its body is no longer kept' : 'Its integration was deleted'}
          disabled={hasBody && delivery.integrationName !== ''}
        >
          <Button
            size="xs"
            px={10}
            leftSection={<RotateCw size={14} aria-hidden />}
            loading={doing === 'redeliver'}
            disabled={!hasBody || !delivery.integrationName}
            onClick={() => run('redeliver')}
          >
            Redeliver
          </Button>
        </Tooltip>
      )}
    </>
  );
}
