import { Button } from '@mantine/core';
import { useDebouncedValue } from '@mantine/hooks';
import { Braces } from 'lucide-react';
import { useState } from 'react';
import { query } from '../../../api/client';
import { Code } from '../../../parts/Code';
import { told } from '../../../parts/notify';
import { Empty, Refusal } from '../../../parts/States';
import { Sure } from '../../../parts/Sure';
import { bytes } from '../../../words/numbers';
import type { IntegrationView } from '../standing';
import { Preview } from './Preview';
import { startFor } from './starts';
import classes from './transform.module.css';

/** The most bytes of a script. */
const MOST = 64 * 1024;

/** A script that changes what is sent, with what it would make of a real event beside it. */
export function Transform({ it }: { it: IntegrationView }) {
  const stored = it.config.transform ?? undefined;
  const [source, write] = useState(stored);
  if (source === undefined)
    return (
      <div className="card">
        <Empty
          icon={Braces}
          title="Events are sent as they are"
          action={<Button onClick={() => write(startFor(it.event))}>Write a script</Button>}
        >
          A few lines of JavaScript can change the body, the method, the URL and the headers, or leave an
          event out. You see at once what becomes of a real event.
        </Empty>
      </div>
    );
  return <Editor it={it} stored={stored} source={source} write={write} />;
}

interface EditorProps {
  it: IntegrationView;
  stored: string | undefined;
  source: string;
  write: (source: string | undefined) => void;
}

function Editor({ it, stored, source, write }: EditorProps) {
  const [settled] = useDebouncedValue(source, 500);
  const [removing, remove] = useState(false);
  const change = query.useMutation('patch', '/integrations/{id}');
  const store = (transform: string | null, done: () => void) =>
    change.mutate(
      {
        params: { path: { id: it.id } },
        body: { integration: { config: { transform } } as object as Record<string, never> },
      },
      { onSuccess: done },
    );
  const size = new Blob([source]).size;
  return (
    <div className={classes['halves']}>
      <section className="card" aria-label="Script" style={{ overflow: 'hidden' }}>
        <div className="section-title">
          <span className="mono">handler(webhook)</span>
          <span className={size > MOST ? 'bad-text number' : 'dimmed number'}>{bytes(size)}</span>
          {source !== stored && <span className="dimmed push">Not saved</span>}
        </div>
        <div className={classes['code']}>
          <Code
            label="Script"
            language="javascript"
            value={source}
            onChange={write}
            minHeight={280}
            maxHeight={560}
          />
        </div>
        <div className="stack" style={{ padding: 14, borderTop: '1px solid var(--app-border)' }}>
          <div className="field-note">
            <code className="mono">webhook</code> has method, url, headers, payload, eventType, eventId and
            cancel; set <code className="mono">cancel</code> to leave an event out. There is{' '}
            <code>console</code>, and no network. A script has 1 s and 64 KiB.
          </div>
          <Refusal of={change} />
          <div className="row wrap">
            <Button
              loading={change.isPending}
              disabled={source === stored || size > MOST}
              onClick={() => store(source, () => told('Saved the script'))}
            >
              Save
            </Button>
            {source !== stored && (
              <Button variant="default" onClick={() => write(stored)}>
                Undo changes
              </Button>
            )}
            {stored !== undefined && (
              <Button variant="subtle" color="red" className="push" onClick={() => remove(true)}>
                Remove…
              </Button>
            )}
          </div>
        </div>
      </section>
      <Preview it={it} source={settled} />
      {removing && (
        <Sure
          title="Remove the script?"
          action="Remove"
          of={change}
          close={() => remove(false)}
          confirm={() =>
            store(null, () => {
              told('Removed the script');
              remove(false);
              write(undefined);
            })
          }
        >
          Events are sent as they are from the next attempt on. The script is lost.
        </Sure>
      )}
    </div>
  );
}
