import { Button } from '@mantine/core';
import { Link } from '@tanstack/react-router';
import { Send } from 'lucide-react';
import { Once } from '../../parts/Once';
import { Page } from '../../parts/Page';
import { Pill } from '../../parts/Pill';
import { Tile } from '../../parts/Tile';
import { kindOf } from '../../words/kinds';
import { crumbsOf } from './connectors/paths';
import type { Connector } from './connectors/connector';
import { isWebhook, type IntegrationView } from './standing';
import { TestAnswer, useTest } from './TestAnswer';
import { Verify } from './verify/Verify';

interface AddedProps {
  it: IntegrationView;
  /** Whom it is sent by, where that is not the plain webhook. */
  connector: Connector | undefined;
}

/** After an integration was added: a test, and of a webhook its secret, this once. */
export function Added({ it, connector }: AddedProps) {
  const test = useTest();
  const isSigned = isWebhook(it);
  return (
    <Page
      title={it.name}
      badge={<Pill state={it.status} />}
      crumbs={crumbsOf(connector)}
      icon={connector && <Tile icon={connector.icon} size={44} />}
      sub={`Added. ${NEXT[it.event] ?? 'It sends what happens from now on.'}`}
      actions={
        <Button component={Link} {...({ to: '/integrations/$id', params: { id: it.id } } as object)}>
          Done
        </Button>
      }
    >
      <div className="stack" style={{ maxWidth: 760, gap: 22 }}>
        {isSigned && it.secret && (
          <section className="stack" aria-labelledby="secret" style={{ gap: 8 }}>
            <h2 id="secret">Signing secret</h2>
            <Once
              what="Signing secret"
              value={it.secret}
              note="It isn’t shown again. Your receiver checks signatures with it; if it gets lost, give the integration a new one."
            />
          </section>
        )}
        <section className="card" aria-labelledby="test" style={{ padding: 16 }}>
          <div className="row wrap">
            <div style={{ flex: '1 1 260px', minWidth: 0 }}>
              <h2 id="test">Does it arrive?</h2>
              <div className="dimmed" style={{ fontSize: 13 }}>
                {isSigned
                  ? `A test is signed like any other ${kindOf(it.event).short.toLowerCase()}, and shows what the receiver answers.`
                  : `A test asks ${connector?.name ?? 'the service'} the same way, and shows what it answers.`}
              </div>
            </div>
            <Button
              variant={isSigned ? 'default' : 'filled'}
              leftSection={<Send size={14} aria-hidden />}
              loading={test.isPending}
              onClick={() => test.mutate({ params: { path: { id: it.id } } })}
            >
              {test.data ? 'Send again' : 'Send test'}
            </Button>
          </div>
          {(test.isPending || test.data || test.error) && (
            <div style={{ marginTop: 14 }}>
              <TestAnswer of={test} connector={connector?.name} settings={it.id} />
            </div>
          )}
        </section>
        {isSigned && (
          <section className="stack" aria-labelledby="check" style={{ gap: 8 }}>
            <h2 id="check">Verify in your receiver</h2>
            <Verify />
          </section>
        )}
      </div>
    </Page>
  );
}

/** What comes by itself. */
const NEXT: Record<string, string> = {
  collection_backup: 'A first backup is on its way already.',
  collection_activity: 'The next change is sent.',
  team_activity: 'The next change is sent.',
  monitor_results: 'The next run is sent, as you chose.',
  custom: 'The next event that you publish is sent.',
};
