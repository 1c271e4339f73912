import { Button, Tabs } from '@mantine/core';
import { Link, useNavigate, useParams } from '@tanstack/react-router';
import { Pause, Play, Send, Unplug } from 'lucide-react';
import { useState, type ReactNode } from 'react';
import { query } from '../../api/client';
import { Refused } from '../../api/errors';
import { useMay } from '../../api/session';
import { Copy } from '../../parts/Copy';
import { Page } from '../../parts/Page';
import { Pill } from '../../parts/Pill';
import { Tile } from '../../parts/Tile';
import { useConnectorOf } from '../../parts/useConnectors';
import { useAddress } from '../../parts/search';
import { Empty, Loaded } from '../../parts/States';
import { kindOf } from '../../words/kinds';
import { isActive, useSwitch } from './changes';
import { pageOf } from '../../words/connectors';
import { Feed } from './Feed';
import { later } from './later';
import { IntegrationMenu } from './IntegrationMenu';
import { Overview } from './overview/Overview';
import { isWebhook, placeOf, shortUrl, standing, type IntegrationView } from './standing';
import { targetOf, useTargets } from './targets';
import { TestDialog } from './TestDialog';

const DeliveryList = later(() => import('../deliveries/DeliveryList').then((it) => it.DeliveryList));
const Settings = later(() => import('./Settings').then((it) => it.Settings));
const Secret = later(() => import('./secret/Secret').then((it) => it.Secret));
const Transform = later(() => import('./transform/Transform').then((it) => it.Transform));

const CRUMBS = [
  { label: 'Integrations', to: '/integrations', search: { tab: 'configured' } as never },
] as const;

/** One integration: how it does, what it sent, and all that can be set. */
export function Integration() {
  const { id = '' } = useParams({ strict: false }) as { id?: string };
  const asked = query.useQuery('get', '/integrations/{id}', { params: { path: { id } } });
  const error: unknown = asked.error;
  if (error instanceof Refused && error.status === 404) return <Gone />;
  if (!asked.data)
    return (
      <Page title="Integration" crumbs={[...CRUMBS]}>
        <Loaded what="the integration" of={asked}>
          {() => null}
        </Loaded>
      </Page>
    );
  return <One key={id} it={asked.data.integration} />;
}

const TABS: {
  id: string;
  label: string;
  editor?: boolean;
  signed?: boolean;
  of: (it: IntegrationView) => ReactNode;
}[] = [
  { id: 'overview', label: 'Overview', of: (it) => <Overview it={it} /> },
  { id: 'deliveries', label: 'Deliveries', of: (it) => <DeliveryList integration={it.id} /> },
  { id: 'settings', label: 'Settings', of: (it) => <Settings it={it} /> },
  { id: 'secret', label: 'Secret', signed: true, of: (it) => <Secret it={it} /> },
  { id: 'transform', label: 'Transform', editor: true, signed: true, of: (it) => <Transform it={it} /> },
  { id: 'activity', label: 'Activity', of: (it) => <Feed id={it.id} /> },
];

function One({ it }: { it: IntegrationView }) {
  const [address, change] = useAddress();
  const mayEdit = useMay('editor');
  const navigate = useNavigate();
  const entry = useConnectorOf()(it.connector);
  const tabs = TABS.filter(({ editor, signed }) => (mayEdit || !editor) && (isWebhook(it) || !signed));
  const tab = tabs.find(({ id }) => id === address['tab'])?.id ?? 'overview';
  const go = (next: string | null) => {
    const others = Object.keys(address).map((name) => [name, undefined]);
    change(
      { ...Object.fromEntries(others), tab: next === 'overview' ? undefined : (next ?? undefined) },
      { replace: false },
    );
  };
  return (
    <Page
      title={it.name}
      crumbs={[...CRUMBS]}
      icon={<Tile icon={entry?.icon} size={44} />}
      badge={<Pill state={standing(it).state} />}
      sub={<Sub it={it} connector={entry?.name} />}
      actions={
        mayEdit && (
          <Actions
            it={it}
            gone={() => navigate({ to: '/integrations', search: { tab: 'configured' } as never })}
          />
        )
      }
    >
      <Tabs value={tab} onChange={go} keepMounted={false}>
        <Tabs.List mb="md">
          {tabs.map(({ id, label }) => (
            <Tabs.Tab key={id} value={id}>
              {label}
            </Tabs.Tab>
          ))}
        </Tabs.List>
        {tabs.map(({ id, of }) => (
          <Tabs.Panel key={id} value={id}>
            {of(it)}
          </Tabs.Panel>
        ))}
      </Tabs>
    </Page>
  );
}

function Sub({ it, connector }: { it: IntegrationView; connector: string | undefined }) {
  const targets = useTargets();
  const { url } = it.config;
  return (
    <div className="row wrap" style={{ gap: '4px 8px' }}>
      <span style={{ overflowWrap: 'anywhere' }}>
        {kindOf(it.event).short} · {targetOf(it, targets.data)}
      </span>
      <span aria-hidden>→</span>
      <Link className="quiet" to={pageOf(it.connector) as '/integrations'}>
        {connector ?? it.connector}
      </Link>
      {url == null ? (
        <span className="mono clip" style={{ maxWidth: 520 }}>
          {placeOf(it)}
        </span>
      ) : (
        <span className="row" style={{ gap: 2 }}>
          <span className="mono clip" style={{ maxWidth: 520 }} title={url}>
            {shortUrl(url)}
          </span>
          <Copy value={url} label="Copy URL" />
        </span>
      )}
    </div>
  );
}

function Actions({ it, gone }: { it: IntegrationView; gone: () => unknown }) {
  const turn = useSwitch();
  const [testing, setTesting] = useState(false);
  return (
    <>
      {isActive(it) ? (
        <>
          <Button
            variant="default"
            leftSection={<Send size={14} aria-hidden />}
            onClick={() => setTesting(true)}
          >
            Send test
          </Button>
          <Button
            variant="default"
            leftSection={<Pause size={14} aria-hidden />}
            loading={turn.isPending}
            onClick={() => turn.pause(it)}
          >
            Pause
          </Button>
        </>
      ) : (
        <Button
          leftSection={<Play size={14} aria-hidden />}
          loading={turn.isPending}
          onClick={() => turn.resume(it)}
        >
          Resume
        </Button>
      )}
      <IntegrationMenu of={it} gone={gone} />
      {testing && <TestDialog of={it} close={() => setTesting(false)} />}
    </>
  );
}

function Gone() {
  return (
    <Page title="Integration" crumbs={[...CRUMBS]}>
      <div className="card">
        <Empty
          icon={Unplug}
          title="There is no such integration"
          action={
            <Button
              variant="default"
              component={Link}
              {...({ to: '/integrations', search: { tab: 'configured' } } as object)}
            >
              See all integrations
            </Button>
          }
        >
          It was deleted, or you may not see it. What it delivered is still among the deliveries.
        </Empty>
      </div>
    </Page>
  );
}
