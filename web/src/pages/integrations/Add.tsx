import { Button } from '@mantine/core';
import { Link } from '@tanstack/react-router';
import { Lock, Plug } from 'lucide-react';
import { useState, type ReactNode } from 'react';
import { query } from '../../api/client';
import { useMay } from '../../api/session';
import { Page } from '../../parts/Page';
import { Tile } from '../../parts/Tile';
import { useAddress, type Search } from '../../parts/search';
import { Empty } from '../../parts/States';
import { pageOf, WEBHOOKS } from '../../words/connectors';
import { crumbsOf } from './connectors/paths';
import { Setup } from './connectors/Setup';
import type { Connector } from './connectors/connector';
import classes from './connectors/connector.module.css';
import { IntegrationForm, nameFor } from './form/IntegrationForm';
import { fieldsOf, fresh, type Values } from './form/values';
import type { IntegrationView } from './standing';
import { later } from './later';
import { isTold } from './targets';
import { TOLD } from './told';

const Added = later(() => import('./Added').then((it) => it.Added));

interface AddProps {
  kind: string | undefined;
  /** Whom it is sent by, where that is not the plain webhook. */
  connector?: Connector;
}

/** The form that adds an integration of a kind, and afterwards what came of it. */
export function Add({ kind, connector }: AddProps) {
  const mayEdit = useMay('editor');
  const crumbs = crumbsOf(connector);
  if (!isTold(kind) || (connector && !connector.events.some(({ event }) => event === kind)))
    return (
      <Page title="Add integration" crumbs={crumbs}>
        <Instead
          icon={Plug}
          title={
            isTold(kind) && connector
              ? `${connector.name} can’t be told ${TOLD[kind]!.short.toLowerCase()}`
              : 'There is no such kind of event'
          }
          connector={connector}
        >
          {isTold(kind) ? 'Its page says what it can be told.' : `The address names “${kind}”.`}
        </Instead>
      </Page>
    );
  if (!mayEdit)
    return (
      <Page title={TOLD[kind]!.title} crumbs={crumbs}>
        <Instead icon={Lock} title="Viewers can’t add integrations" connector={connector}>
          An editor or an admin of your team can.
        </Instead>
      </Page>
    );
  return <Adding kind={kind} connector={connector} />;
}

function Adding({ kind, connector }: { kind: string; connector: Connector | undefined }) {
  const [address] = useAddress();
  const [added, setAdded] = useState<IntegrationView>();
  const create = query.useMutation('post', '/integrations');
  const [start] = useState(() => prefilled(kind, address, connector));
  if (added) return <Added it={added} connector={connector} />;
  const { title, text } = TOLD[kind]!;
  const what = connector?.events.find(({ event }) => event === kind)?.what;
  const form = (
    <IntegrationForm
      kind={kind}
      connector={connector}
      start={start}
      saving={create}
      submit="Add integration"
      save={(values) =>
        create.mutate(
          { body: { integration: fieldsOf(kind, values, undefined, connector) } },
          {
            onSuccess: ({ integration }) => {
              setAdded(integration);
              window.scrollTo({ top: 0 });
            },
          },
        )
      }
      cancel={
        <Button variant="default" component={Link} {...({ to: pageOf(connector?.id ?? WEBHOOKS) } as object)}>
          Cancel
        </Button>
      }
    />
  );
  return (
    <Page
      title={title}
      crumbs={crumbsOf(connector)}
      icon={connector && <Tile icon={connector.icon} size={44} />}
      sub={what ?? text}
    >
      {connector ? (
        <div className={classes['adding']}>
          <Setup of={connector} />
          {form}
        </div>
      ) : (
        form
      )}
    </Page>
  );
}

/** What the address says already: `?url=`, `?name=`, `?collection=`, `?monitor=`, `?workspace=`, `?notify=failures`. */
function prefilled(kind: string, address: Search, connector: Connector | undefined): Values {
  const scope = (['monitor', 'collection', 'workspace'] as const).find((name) => address[name]);
  const start = fresh(connector, kind);
  return {
    ...start,
    name: address['name'] ?? nameFor(kind, undefined, connector),
    url: address['url'] ?? '',
    target: scope ? `${scope}:${address[scope]}` : 'all',
    ...(address['notify'] === 'failures' && { notify: 'three', from: 3, limit: 1 }),
  };
}

interface InsteadProps {
  icon: typeof Plug;
  title: string;
  connector: Connector | undefined;
  children: ReactNode;
}

function Instead({ icon, title, connector, children }: InsteadProps) {
  return (
    <div className="card form">
      <Empty
        icon={icon}
        title={title}
        action={
          <Button
            variant="default"
            component={Link}
            {...({ to: pageOf(connector?.id ?? WEBHOOKS) } as object)}
          >
            {connector ? `See what ${connector.name} tells` : 'See what webhooks tell'}
          </Button>
        }
      >
        {children}
      </Empty>
    </div>
  );
}
