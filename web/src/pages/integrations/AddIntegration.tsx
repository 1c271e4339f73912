import { Button } from '@mantine/core';
import { Link, useParams } from '@tanstack/react-router';
import { Lock, Plug } from 'lucide-react';
import { useState, type ReactNode } from 'react';
import { query } from '../../api/client';
import { useMay } from '../../api/session';
import { Page } from '../../parts/Page';
import { useAddress, type Search } from '../../parts/search';
import { Empty } from '../../parts/States';
import { Added } from './Added';
import { TOLD } from './catalogue';
import { IntegrationForm, nameFor } from './form/IntegrationForm';
import { fieldsOf, fresh, type Values } from './form/values';
import type { IntegrationView } from './standing';
import { isTold } from './targets';

const CRUMBS = [
  { label: 'Integrations', to: '/integrations' },
  { label: 'Webhooks', to: '/integrations/webhooks' },
] as const;

/** The form that adds a webhook, and then its secret. */
export function AddIntegration() {
  const { kind } = useParams({ strict: false }) as { kind?: string };
  const mayEdit = useMay('editor');
  if (!isTold(kind))
    return (
      <Page title="Add integration" crumbs={[...CRUMBS]}>
        <Instead icon={Plug} title="There is no such kind of event">
          The address names “{kind}”.
        </Instead>
      </Page>
    );
  if (!mayEdit)
    return (
      <Page title={TOLD[kind]!.title} crumbs={[...CRUMBS]}>
        <Instead icon={Lock} title="Viewers can’t add integrations">
          An editor or an admin of your team can.
        </Instead>
      </Page>
    );
  return <Add key={kind} kind={kind} />;
}

function Add({ kind }: { kind: string }) {
  const [address] = useAddress();
  const [added, setAdded] = useState<IntegrationView>();
  const create = query.useMutation('post', '/integrations');
  const [start] = useState(() => prefilled(kind, address));
  if (added) return <Added it={added} />;
  const { title, text } = TOLD[kind]!;
  return (
    <Page title={title} crumbs={[...CRUMBS]} sub={text}>
      <IntegrationForm
        kind={kind}
        start={start}
        saving={create}
        submit="Add integration"
        save={(values) =>
          create.mutate(
            { body: { integration: fieldsOf(kind, values) } },
            {
              onSuccess: ({ integration }) => {
                setAdded(integration);
                window.scrollTo({ top: 0 });
              },
            },
          )
        }
        cancel={
          <Button variant="default" component={Link} to="/integrations/webhooks">
            Cancel
          </Button>
        }
      />
    </Page>
  );
}

/** What the address says already: `?url=`, `?name=`, `?collection=`, `?monitor=`, `?workspace=`, `?notify=failures`. */
function prefilled(kind: string, address: Search): Values {
  const scope = (['monitor', 'collection', 'workspace'] as const).find((name) => address[name]);
  return {
    ...fresh(),
    name: address['name'] ?? nameFor(kind, undefined),
    url: address['url'] ?? '',
    target: scope ? `${scope}:${address[scope]}` : 'all',
    notify: address['notify'] === 'failures' ? 'three' : 'every_run',
  };
}

function Instead({ icon, title, children }: { icon: typeof Plug; title: string; children: ReactNode }) {
  return (
    <div className="card form">
      <Empty
        icon={icon}
        title={title}
        action={
          <Button variant="default" component={Link} to="/integrations/webhooks">
            See what webhooks tell
          </Button>
        }
      >
        {children}
      </Empty>
    </div>
  );
}
