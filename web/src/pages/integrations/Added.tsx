import { Button } from '@mantine/core';
import { Link } from '@tanstack/react-router';
import { Send } from 'lucide-react';
import { Once } from '../../parts/Once';
import { Page } from '../../parts/Page';
import { Pill } from '../../parts/Pill';
import { kindOf } from '../../words/kinds';
import type { IntegrationView } from './standing';
import { TestAnswer, useTest } from './TestAnswer';
import { Verify } from './verify/Verify';

/** After an integration was added: its secret, this once, and a test. */
export function Added({ it }: { it: IntegrationView }) {
  const test = useTest();
  return (
    <Page
      title={it.name}
      badge={<Pill state={it.status} />}
      crumbs={[
        { label: 'Integrations', to: '/integrations' },
        { label: 'Webhooks', to: '/integrations/webhooks' },
      ]}
      sub={`Added. ${NEXT[it.event] ?? 'It sends what happens from now on.'}`}
      actions={
        <Button component={Link} {...({ to: '/integrations/$id', params: { id: it.id } } as object)}>
          Done
        </Button>
      }
    >
      <div className="stack" style={{ maxWidth: 760, gap: 22 }}>
        {it.secret && (
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
                A test is signed like any other {kindOf(it.event).short.toLowerCase()}, and shows what the
                receiver answers.
              </div>
            </div>
            <Button
              variant="default"
              leftSection={<Send size={14} aria-hidden />}
              loading={test.isPending}
              onClick={() => test.mutate({ params: { path: { id: it.id } } })}
            >
              {test.data ? 'Send again' : 'Send test'}
            </Button>
          </div>
          {(test.isPending || test.data || test.error) && (
            <div style={{ marginTop: 12 }}>
              <TestAnswer of={test} />
            </div>
          )}
        </section>
        <section className="stack" aria-labelledby="check" style={{ gap: 8 }}>
          <h2 id="check">Verify in your receiver</h2>
          <Verify />
        </section>
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
