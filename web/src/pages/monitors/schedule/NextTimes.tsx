import { CalendarClock } from 'lucide-react';
import { useMemo } from 'react';
import { useNow } from '../../../parts/When';
import { ago } from '../../../words/time';
import { nextTimes, parse } from './cron';
import css from './schedule.module.css';
import { describe } from './words';
import { isZone, ownZone, shortOffset } from './zone';

/** A schedule in a sentence, and the three times that come next. */
export function NextTimes({ cron, timezone }: { cron: string; timezone: string }) {
  const now = useNow();
  const told = useMemo(() => {
    try {
      const parsed = parse(cron);
      return isZone(timezone)
        ? { words: describe(parsed), times: nextTimes(parsed, timezone, 3, now) }
        : undefined;
    } catch {
      return undefined;
    }
  }, [cron, timezone, now]);
  if (!told) return null;
  const own = ownZone();
  return (
    <div className={css['next']} role="status" aria-label="Next runs">
      <CalendarClock size={16} className="dimmed" aria-hidden />
      <div>
        <strong>{told.words}</strong>
        {told.times.length === 0 ? (
          <div className="bad-text">No day ever fits this.</div>
        ) : (
          <ol>
            {told.times.map((at) => (
              <li key={at} className="number">
                <span>{inZone(at, timezone)}</span>
                <span className="dimmed">
                  {shortOffset(timezone, at)} · {ago(new Date(at).toISOString(), now)}
                  {own !== timezone && ` · ${inZone(at, own)} here`}
                </span>
              </li>
            ))}
          </ol>
        )}
      </div>
    </div>
  );
}

/** "Sat 28 Nov 2026, 09:00". */
const inZone = (at: number, timeZone: string) =>
  new Date(at)
    .toLocaleString('en-GB', {
      timeZone,
      weekday: 'short',
      day: 'numeric',
      month: 'short',
      hour: '2-digit',
      minute: '2-digit',
    })
    .replace(/^(\w+), /, '$1 ');
