import { Skeleton, Tooltip } from '@mantine/core';
import { Link } from '@tanstack/react-router';
import { GitCompareArrows } from 'lucide-react';
import { useRef } from 'react';
import type { Shape } from '../../api/client';
import { useKeys } from '../../shell/keys';
import { clock, day, exact } from '../../words/time';
import styles from './activity.module.css';
import { changeOf, placeOf, type Lead } from './leads';
import { iconOf, toneOf } from './looks';
import { details, stretches } from './sentence';

type Line = Shape['ActivityView'];

/** Lines under their days. `J` and `K` go from one to the next. */
export function Feed({ lines, fresh }: { lines: Line[]; fresh: ReadonlySet<string> }) {
  const list = useRef<HTMLDivElement>(null);
  const step = (by: number) => {
    const rows = [...(list.current?.querySelectorAll<HTMLElement>('[data-line]') ?? [])];
    const at = rows.findIndex((row) => row.contains(document.activeElement));
    const next = rows[at < 0 ? 0 : Math.min(rows.length - 1, Math.max(0, at + by))];
    next?.focus();
    next?.scrollIntoView({ block: 'nearest' });
  };
  useKeys({ j: () => step(1), k: () => step(-1), ArrowDown: () => step(1), ArrowUp: () => step(-1) });
  return (
    <div ref={list}>
      {byDay(lines).map(([title, lines]) => (
        <section key={title} className={`card ${styles.day}`} aria-label={title}>
          <h2 className={styles.title}>{title}</h2>
          <ul className={styles.lines}>
            {lines.map((line) => (
              <FeedLine key={line.id} line={line} isFresh={fresh.has(line.id)} />
            ))}
          </ul>
        </section>
      ))}
    </div>
  );
}

function FeedLine({ line, isFresh }: { line: Line; isFresh: boolean }) {
  const Icon = iconOf(line.model);
  const place = placeOf(line);
  const change = changeOf(line);
  const fields = details(line);
  return (
    <li className={`${styles.line} ${isFresh ? 'fresh' : ''}`} data-line tabIndex={-1}>
      <span className={`${styles.icon} tone-${toneOf(line.action)}`} aria-hidden>
        <Icon size={15} />
      </span>
      <div className={styles.words}>
        <div>
          {stretches(line).map(({ text, is }, at) =>
            is === 'what' && place ? (
              <Lead key={at} lead={place} className={styles.name}>
                {text}
              </Lead>
            ) : is ? (
              <strong key={at}>{text}</strong>
            ) : (
              <span key={at}>{text}</span>
            ),
          )}
        </div>
        {(fields.length > 0 || change) && (
          <div className={styles.more}>
            {change && (
              <Lead lead={change} className={styles.change}>
                <GitCompareArrows size={13} aria-hidden />
                <span>
                  Version {line.version}
                  <span className={styles.hidden}>: what {line.modelName} changed</span>
                </span>
              </Lead>
            )}
            {fields.length > 0 && <span className="mono clip">{fields.join(', ')}</span>}
          </div>
        )}
      </div>
      <Tooltip label={exact(line.createdAt)}>
        <time dateTime={line.createdAt} className="number dimmed small">
          {clock(line.createdAt)}
        </time>
      </Tooltip>
    </li>
  );
}

const Lead = ({ lead, ...more }: { lead: Lead; className?: string; children: React.ReactNode }) => (
  <Link to={lead.to} params={lead.params as never} search={lead.search as never} {...more} />
);

function byDay(lines: Line[]): [string, Line[]][] {
  const days = new Map<string, Line[]>();
  for (const line of lines) {
    const title = day(line.createdAt);
    days.set(title, [...(days.get(title) ?? []), line]);
  }
  return [...days];
}

/** How the feed looks while it loads. */
export const FeedOutline = () => (
  <div className={`card ${styles.day}`}>
    <div className={styles.title}>
      <Skeleton height={12} width={60} />
    </div>
    {Array.from({ length: 8 }, (_, at) => (
      <div key={at} className={styles.line}>
        <Skeleton height={30} width={30} radius={8} />
        <Skeleton height={13} width={`${38 + ((at * 17) % 30)}%`} />
      </div>
    ))}
  </div>
);
