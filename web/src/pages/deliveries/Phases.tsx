import type { Shape } from '../../api/client';
import { duration } from '../../words/numbers';
import styles from './detail.module.css';

/** How long each phase took, as a bar and in words. */
export function Phases({ timings }: { timings: Shape['TimingsView'] }) {
  const phases = phasesOf(timings);
  const sum = Math.max(
    1,
    phases.reduce((all, { ms }) => all + ms, 0),
  );
  return (
    <>
      <div className={styles.phases} aria-hidden>
        {phases.map(({ name, ms, colour }) => (
          <span key={name} style={{ width: `${(100 * ms) / sum}%`, background: colour }} />
        ))}
      </div>
      <div className={`${styles.legend} number`}>
        {phases.map(({ name, ms, colour }) => (
          <span key={name}>
            <span className={styles.swatch} style={{ background: colour }} aria-hidden />
            {name} {duration(ms)}
          </span>
        ))}
        <span>total {duration(timings.totalMs)}</span>
      </div>
    </>
  );
}

/** The phases that happened; what is left of the whole is the body of the answer. */
function phasesOf(timings: Shape['TimingsView']) {
  const named = [
    { name: 'DNS', ms: timings.dnsMs, colour: 'var(--ok)' },
    { name: 'connect', ms: timings.connectMs, colour: 'var(--warn)' },
    { name: 'TLS', ms: timings.tlsMs, colour: 'var(--mute)' },
    { name: 'first byte', ms: timings.firstByteMs, colour: 'var(--bar)' },
  ].flatMap(({ ms, ...rest }) => (ms == null ? [] : [{ ...rest, ms }]));
  const rest = timings.totalMs - named.reduce((all, { ms }) => all + ms, 0);
  return rest > 0 ? [...named, { name: 'rest', ms: rest, colour: 'var(--app-field)' }] : named;
}
