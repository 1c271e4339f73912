import { Button } from '@mantine/core';
import { ExternalLink } from 'lucide-react';
import { Said } from '../../../parts/Said';
import type { Connector } from './connector';
import classes from './connector.module.css';

/** What to do at the service before anything can be sent to it, and where. */
export function Setup({ of }: { of: Connector }) {
  const { url, steps, notes } = of.setup;
  if (steps.length === 0 && !url) return null;
  return (
    <section className={`card ${classes['setup']}`} aria-labelledby="setup">
      <h2 id="setup">Set up {of.name}</h2>
      <ol className={classes['steps']}>
        {steps.map((step) => (
          <li key={step}>
            <Said text={step} />
          </li>
        ))}
      </ol>
      {notes.map((note) => (
        <p key={note} className="small dimmed">
          <Said text={note} />
        </p>
      ))}
      {url && (
        <Button
          component="a"
          href={url}
          target="_blank"
          rel="noopener noreferrer"
          variant="default"
          size="xs"
          rightSection={<ExternalLink size={13} aria-hidden />}
        >
          Open {hostOf(url)}
        </Button>
      )}
    </section>
  );
}

/** Its host, which says whose page it is. */
function hostOf(url: string): string {
  try {
    return new URL(url).host;
  } catch {
    return url;
  }
}
