import { Button } from '@mantine/core';
import { KeyRound } from 'lucide-react';
import { useState } from 'react';
import { useMay } from '../../../api/session';
import { Copy } from '../../../parts/Copy';
import { Once } from '../../../parts/Once';
import { useNow } from '../../../parts/When';
import { exact, span } from '../../../words/time';
import type { IntegrationView } from '../standing';
import { Verify } from '../verify/Verify';
import { RotateDialog } from './RotateDialog';

/** When the secret before stops signing. The API doesn't tell; who has replaced it knows, in this tab. */
const ends = {
  keep: (id: string, at: number) => sessionStorage.setItem(`postern-old-secret-${id}`, String(at)),
  of: (id: string) => Number(sessionStorage.getItem(`postern-old-secret-${id}`)),
};

/** The signing secret: its replacement, and the public keys. */
export function Secret({ it }: { it: IntegrationView }) {
  const mayEdit = useMay('editor');
  const [asking, ask] = useState(false);
  const [fresh, setFresh] = useState<string>();
  const until = ends.of(it.id);
  return (
    <div className="stack" style={{ maxWidth: 760, gap: 22 }}>
      <section className="card" aria-labelledby="signing" style={{ padding: 16 }}>
        <div className="row wrap" style={{ alignItems: 'flex-start', gap: 14 }}>
          <span className="kind">
            <KeyRound size={16} aria-hidden />
          </span>
          <div style={{ flex: '1 1 280px', minWidth: 0 }}>
            <h2 id="signing">Signing secret</h2>
            <div className="dimmed" style={{ fontSize: 13 }}>
              Each request is signed with it. It was shown when it was made and can’t be shown again; a new
              one can take its place without a message that nobody can check.
            </div>
          </div>
          {mayEdit && (
            <Button variant="default" onClick={() => ask(true)}>
              New secret
            </Button>
          )}
        </div>
        {(fresh || until > Date.now()) && (
          <div className="stack" style={{ marginTop: 14, gap: 10 }}>
            {fresh && (
              <Once
                what="New signing secret"
                value={fresh}
                note="It isn’t shown again. Give it to the receiver while the old one still signs."
              />
            )}
            <Countdown until={until} />
          </div>
        )}
      </section>
      {it.publicKeys && it.publicKeys.length > 0 && (
        <section aria-labelledby="keys" className="stack" style={{ gap: 8 }}>
          <h2 id="keys">Public keys</h2>
          <div className="dimmed" style={{ fontSize: 13 }}>
            For signatures <code className="mono">v1a</code>, the newest first. They are no secret.
          </div>
          <div className="card">
            {it.publicKeys.map((key) => (
              <div key={key} className="row" style={{ padding: '8px 8px 8px 14px' }}>
                <code className="mono clip">{key}</code>
                <span className="push">
                  <Copy value={key} label="Copy the public key" />
                </span>
              </div>
            ))}
          </div>
        </section>
      )}
      <section aria-labelledby="check" className="stack" style={{ gap: 8 }}>
        <h2 id="check">Verify in your receiver</h2>
        <Verify />
      </section>
      {asking && (
        <RotateDialog
          of={it}
          close={() => ask(false)}
          done={(secret, overlapSeconds) => {
            ends.keep(it.id, Date.now() + overlapSeconds * 1000);
            setFresh(secret);
            ask(false);
          }}
        />
      )}
    </div>
  );
}

/** How long the old secret still signs. */
function Countdown({ until }: { until: number }) {
  const left = until - Math.max(useNow(), Date.now());
  if (left <= 0) return <div className="small dimmed">The old secret signs no more.</div>;
  return (
    <div className="small dimmed">
      Both sign for another <strong className="number">{span(left / 1000)}</strong>, until{' '}
      {exact(new Date(until).toISOString())}. Then the old one ends.
    </div>
  );
}
