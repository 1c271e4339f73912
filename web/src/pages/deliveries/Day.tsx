import { Skeleton } from '@mantine/core';
import { useRef, useState, type KeyboardEvent } from 'react';
import { useAddress } from '../../parts/search';
import { Failed } from '../../parts/States';
import { whole } from '../../words/numbers';
import { clock } from '../../words/time';
import { useHealths } from '../integrations/health';
import { sumOf, type Hour } from './hours';
import styles from './day.module.css';

const HOUR = 3_600_000;

/** The last day, hour by hour: a bar narrows the list to its hour. */
export function Day() {
  const [address, change] = useAddress();
  const { data, error, refetch } = useHealths();
  if (!data && error) return <Failed what="the last 24 hours" error={error} retry={refetch} />;
  if (!data) return <Skeleton height={88} radius={10} mb={14} />;
  const chosen = address['integration'];
  const { hours, delivered, failed } = sumOf(
    data.health.filter(({ integrationId }) => !chosen || chosen === integrationId),
    data.health,
  );
  if (hours.length === 0) return null;
  const isPart = data.health.some(({ partial }) => partial);
  const part = isPart ? ', of the newest deliveries' : '';
  const isShown = (hour: Hour) =>
    address['since'] === iso(hour.from) && address['until'] === iso(hour.from + HOUR);
  return (
    <section className={`card ${styles.day}`} aria-label="The last 24 hours">
      <dl className={styles.sums}>
        <div>
          <dt>Delivered</dt>
          <dd>{whole(delivered)}</dd>
        </div>
        <div>
          <dt>Failed</dt>
          <dd className={failed > 0 ? 'bad-text' : undefined}>{whole(failed)}</dd>
        </div>
      </dl>
      <div style={{ minWidth: 0 }}>
        <Bars
          hours={hours}
          isShown={isShown}
          label={`Deliveries by the hour: ${whole(delivered)} delivered, ${whole(failed)} failed${part}`}
          choose={(hour) =>
            change(
              isShown(hour)
                ? { since: '', until: '' }
                : { since: iso(hour.from), until: iso(hour.from + HOUR) },
            )
          }
        />
        <div className={`${styles.axis} number`}>
          <span>24 h ago</span>
          <span>{isPart ? 'the newest deliveries' : '12 h ago'}</span>
          <span>now</span>
        </div>
      </div>
    </section>
  );
}

const iso = (time: number) => new Date(time).toISOString();

interface BarsProps {
  hours: Hour[];
  label: string;
  isShown: (hour: Hour) => boolean;
  choose: (hour: Hour) => void;
}

/** Bars as buttons; one of them is reached by Tab, the others by arrows. */
function Bars({ hours, label, isShown, choose }: BarsProps) {
  const [at, go] = useState(hours.length - 1);
  const group = useRef<HTMLDivElement>(null);
  const most = Math.max(1, ...hours.map((hour) => hour.delivered + hour.failed));
  const press = (event: KeyboardEvent) => {
    const moves: Record<string, number> = {
      ArrowLeft: at - 1,
      ArrowRight: at + 1,
      Home: 0,
      End: hours.length - 1,
    };
    const to = moves[event.key];
    if (to === undefined || !hours[to]) return;
    event.preventDefault();
    go(to);
    (group.current?.children[to] as HTMLElement | undefined)?.focus();
  };
  return (
    <div ref={group} role="group" aria-label={label} className={styles.bars} onKeyDown={press}>
      {hours.map((hour, index) => {
        const { from, delivered, failed } = hour;
        const words = `${clock(iso(from))} to ${clock(iso(from + HOUR))}: ${whole(delivered)} delivered, ${whole(failed)} failed`;
        return (
          <button
            key={from}
            type="button"
            className={styles.hour}
            title={words}
            aria-label={words}
            aria-pressed={isShown(hour)}
            tabIndex={index === at ? 0 : -1}
            onFocus={() => go(index)}
            onClick={() => choose(hour)}
          >
            {failed > 0 && <span className={styles.failed} style={{ height: `${(100 * failed) / most}%` }} />}
            {delivered > 0 && (
              <span className={styles.delivered} style={{ height: `${(100 * delivered) / most}%` }} />
            )}
            {delivered + failed === 0 && <span className={styles.nothing} />}
          </button>
        );
      })}
    </div>
  );
}
