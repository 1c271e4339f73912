import { ArrowDown, ArrowUp } from 'lucide-react';
import type { ReactNode } from 'react';
import type { Shape } from '../../../api/client';
import { When } from '../../../parts/When';
import { stateOf } from '../../../parts/Pill';
import { duration, percent, whole } from '../../../words/numbers';
import type { Figures } from '../data/figures';
import { hasFailed } from '../data/run';
import css from './detail.module.css';

interface NumbersProps {
  now: Figures;
  /** The stretch of the same length before; none where there was nothing or it is not known. */
  before: Figures | undefined;
  /** "last 24 h". */
  stretch: string;
  /** The newest run that is over, whatever the stretch. */
  last: Shape['LastRunView'] | undefined;
}

/** What the runs of a stretch come to, each beside the stretch before. */
export function Numbers({ now, before, stretch, last }: NumbersProps) {
  const known = before && before.runs > 0 ? before : undefined;
  return (
    <dl className="card numbers" aria-label={`Figures, ${stretch}`}>
      <Number
        name="Failed runs"
        value={whole(now.failed)}
        isBad={now.failed > 0}
        note={`of ${whole(now.runs)}`}
      >
        <Change from={known?.failed} to={now.failed} good="down" words={(by) => whole(by)} />
      </Number>
      <Number name="Success rate" value={percent(now.runs - now.failed, now.runs)}>
        <Change from={known?.rate} to={now.rate} good="up" words={(by) => `${round(by)} pts`} />
      </Number>
      <Number name="Average response" value={duration(now.average)}>
        <Change from={known?.average} to={now.average} good="down" isShare />
      </Number>
      <Number name="95th percentile of runs" value={duration(now.p95)}>
        <Change from={known?.p95} to={now.p95} good="down" isShare />
      </Number>
      <div>
        <dt>Last run</dt>
        <dd>
          {last ? (
            <>
              <span className={css['last']}>
                <When at={last.startedAt ?? last.finishedAt ?? undefined} />
              </span>
              <small
                className={
                  hasFailed({ info: last }) ? 'bad-text' : last.status === 'success' ? 'ok-text' : 'dimmed'
                }
              >
                {stateOf(last.status).label}
              </small>
            </>
          ) : (
            '—'
          )}
        </dd>
      </div>
    </dl>
  );
}

function Number({
  name,
  value,
  isBad,
  note,
  children,
}: {
  name: string;
  value: string;
  isBad?: boolean;
  note?: string;
  children: ReactNode;
}) {
  return (
    <div>
      <dt>{name}</dt>
      <dd>
        <span className={isBad ? 'bad-text' : undefined}>{value}</span>
        {note && <small className="dimmed">{note}</small>}
        {children}
      </dd>
    </div>
  );
}

interface ChangeProps {
  from: number | undefined;
  to: number | undefined;
  /** Which way is better. */
  good: 'up' | 'down';
  words?: (by: number) => string;
  /** Told as a share of what was before. */
  isShare?: boolean;
}

/** How much it has changed against the stretch before; nothing where there is nothing to say. */
function Change({ from, to, good, words, isShare }: ChangeProps) {
  if (from === undefined || to === undefined || (isShare && from === 0)) return null;
  const by = isShare ? (100 * (to - from)) / from : to - from;
  if (Math.abs(by) < 0.05) return null;
  const isUp = by > 0;
  const text = words ? words(Math.abs(by)) : `${round(Math.abs(by))} %`;
  const Arrow = isUp ? ArrowUp : ArrowDown;
  return (
    <small className={`${css['change']} ${isUp === (good === 'up') ? 'ok-text' : 'bad-text'}`}>
      <Arrow size={12} aria-label={isUp ? 'up by' : 'down by'} />
      {text}
    </small>
  );
}

const round = (value: number) => (value === 0 || value === 100 ? value : value.toFixed(1));
