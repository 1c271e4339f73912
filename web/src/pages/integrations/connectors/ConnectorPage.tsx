import { Button, Skeleton } from '@mantine/core';
import { Link, Navigate, useParams } from '@tanstack/react-router';
import { query } from '../../../api/client';
import { useMay } from '../../../api/session';
import { Page } from '../../../parts/Page';
import { Pill } from '../../../parts/Pill';
import { Said } from '../../../parts/Said';
import { useAddress } from '../../../parts/search';
import { Loaded } from '../../../parts/States';
import { Tile } from '../../../parts/Tile';
import { categoryName } from '../../../words/categories';
import { kindOf } from '../../../words/kinds';
import { standing, type IntegrationView } from '../standing';
import { targetOf, useTargets } from '../targets';
import classes from '../webhooks.module.css';
import { ConnectorLoaded } from './ConnectorLoaded';
import own from './connector.module.css';
import { formOf, WEBHOOKS } from '../../../words/connectors';
import { scopeOf } from './paths';
import { Setup } from './Setup';
import { hasForm, type Connector } from './connector';

/** One connector: what it makes of what happens, how it is set up, and what is configured with it. */
export function ConnectorPage() {
  const { connector = '' } = useParams({ strict: false }) as { connector?: string };
  if (connector === WEBHOOKS) return <Navigate to="/integrations/webhooks" replace />;
  return (
    <ConnectorLoaded id={connector} title="Connector">
      {(it) => <About key={it.id} of={it} />}
    </ConnectorLoaded>
  );
}

function About({ of }: { of: Connector }) {
  const asked = query.useQuery('get', '/integrations', {});
  return (
    <Page
      title={of.name}
      crumbs={[{ label: 'Integrations', to: '/integrations' }]}
      icon={<Tile icon={of.icon} size={44} />}
      badge={
        <span className="pill tone-mute" style={{ paddingLeft: 8 }}>
          {categoryName(of.category)}
        </span>
      }
      sub={of.summary}
    >
      <div className={own['about']}>
        <div className="stack" style={{ gap: 22 }}>
          <section className="card" aria-label="What it tells">
            {of.events.map(({ event, what }) => (
              <KindRow
                key={event}
                connector={of}
                kind={event}
                what={what}
                count={countOf(asked.data?.integrations, of.id, event)}
              />
            ))}
          </section>
          <section aria-labelledby="configured">
            <h2 id="configured" style={{ marginBottom: 10 }}>
              Configured
            </h2>
            <Loaded what="what is configured" of={asked} skeleton={<Skeleton height={60} radius="lg" />}>
              {({ integrations }) => <Configured of={integrations.filter((it) => it.connector === of.id)} />}
            </Loaded>
          </section>
        </div>
        <div>
          <Setup of={of} />
          {!hasForm(of) && (
            <p className={own['docs']}>
              It is the signed webhook, with everything that{' '}
              <Link to="/integrations/webhooks" className="link">
                webhooks
              </Link>{' '}
              can.
            </p>
          )}
          {of.contract.length > 0 && (
            <div className={own['docs']}>
              What the service says of its API
              <ul>
                {of.contract.map((url) => (
                  <li key={url} className="clip">
                    <a className="link" href={url} title={url} target="_blank" rel="noopener noreferrer">
                      {url.replace(/^https?:\/\//, '').replace(/\/$/, '')}
                    </a>
                  </li>
                ))}
              </ul>
            </div>
          )}
        </div>
      </div>
    </Page>
  );
}

const countOf = (all: IntegrationView[] | undefined, connector: string, event: string) =>
  all?.filter((it) => it.connector === connector && it.event === event).length ?? 0;

interface KindRowProps {
  connector: Connector;
  kind: string;
  what: string;
  count: number;
}

function KindRow({ connector, kind, what, count }: KindRowProps) {
  const [address] = useAddress();
  const mayEdit = useMay('editor');
  const { icon: Icon, short, title } = kindOf(kind);
  return (
    <section className={classes['kind']} aria-label={title}>
      <div className={classes['row']}>
        <span className="kind" style={{ width: 38, height: 38 }}>
          <Icon size={18} aria-hidden />
        </span>
        <div className={classes['words']}>
          <h2 style={{ fontSize: 14 }}>{title}</h2>
          <p>
            <Said text={what} />
          </p>
        </div>
        <div className={classes['ways']}>
          {count > 0 && (
            <Link
              to="/integrations"
              search={{ tab: 'configured', connector: connector.id, kind } as never}
              className="link"
              aria-label={`View all ${count}: ${short}`}
            >
              View all ({count})
            </Link>
          )}
          {mayEdit && (
            <Button
              variant="default"
              component={Link}
              {...({ to: formOf(connector.id, kind), search: scopeOf(address) } as object)}
              aria-label={`Add integration: ${title}`}
            >
              Add integration
            </Button>
          )}
        </div>
      </div>
    </section>
  );
}

/** The team's integrations with it. */
function Configured({ of }: { of: IntegrationView[] }) {
  const targets = useTargets();
  if (of.length === 0)
    return (
      <p className="dimmed" style={{ fontSize: 13, margin: 0 }}>
        Nothing yet. After you have added an integration, a test shows at once what is answered.
      </p>
    );
  return (
    <ul className={`card ${own['own']}`}>
      {of.map((it) => (
        <li key={it.id}>
          <span>
            <Link to="/integrations/$id" params={{ id: it.id } as never}>
              {it.name}
            </Link>
            <span className="dimmed small" style={{ display: 'block' }}>
              {kindOf(it.event).short} · {targetOf(it, targets.data)}
            </span>
          </span>
          <Pill state={standing(it).state} />
        </li>
      ))}
    </ul>
  );
}
