import { Tooltip } from '@mantine/core';
import { many, whole } from '../../../words/numbers';
import { clock } from '../../../words/time';
import { tried, type Health } from '../health';
import classes from './overview.module.css';

interface ChartProps {
  of: Health;
  hours: number;
}

/** A bar for each part of the time; what failed stands on top in red, what is tried again in amber. */
export function HealthChart({ of, hours }: ChartProps) {
  const { buckets } = of;
  const most = Math.max(1, ...buckets.map(sumOf));
  const marks = buckets.filter((_, at) => at % 4 === 0);
  const { delivered, missed } = tried(of);
  const said = `${many(delivered, 'delivery', 'deliveries')} arrived and ${missed} failed or are retried; at most ${most} in one of ${buckets.length} parts of the time.`;
  const part = (count: number, name: string) =>
    count > 0 && <div className={classes[name]} style={{ height: `${(100 * count) / most}%` }} />;
  return (
    <div className={classes['chart']}>
      <div className={classes['most']} aria-hidden>
        {whole(most)}
      </div>
      <div role="img" aria-label={said} className={classes['bars']}>
        {buckets.map((bucket) => (
          <Tooltip
            key={bucket.start}
            label={`${startName(bucket.start, hours)}: ${bucket.delivered} delivered, ${bucket.failed} failed, ${bucket.retrying} retrying`}
            openDelay={0}
          >
            <div className={classes['stretch']}>
              {part(bucket.failed, 'failed')}
              {part(bucket.retrying, 'retrying')}
              {part(bucket.delivered, 'delivered')}
              {sumOf(bucket) === 0 && <div className={classes['nothing']} />}
            </div>
          </Tooltip>
        ))}
      </div>
      <div className={classes['axis']} aria-hidden>
        {marks.map(({ start }) => (
          <span key={start}>{startName(start, hours)}</span>
        ))}
      </div>
    </div>
  );
}

/** The same numbers to read. */
export function HealthTable({ of, hours }: ChartProps) {
  const rows = of.buckets.filter((bucket) => sumOf(bucket) > 0).reverse();
  if (rows.length === 0)
    return (
      <div className="dimmed" style={{ padding: '12px 16px 16px', fontSize: 13 }}>
        Nothing was delivered in this time.
      </div>
    );
  return (
    <div className="table-region" role="region" aria-label="Health as a table" tabIndex={0}>
      <table className="table">
        <thead>
          <tr>
            <th>From</th>
            <th className="end">Delivered</th>
            <th className="end">Failed</th>
            <th className="end">Retrying</th>
          </tr>
        </thead>
        <tbody>
          {rows.map(({ start, delivered, failed, retrying }) => (
            <tr key={start}>
              <td className="number">{startName(start, hours)}</td>
              <td className="end number">{delivered}</td>
              <td className={`end number ${failed > 0 ? 'bad-text' : ''}`}>{failed}</td>
              <td className={`end number ${retrying > 0 ? 'warn-text' : ''}`}>{retrying}</td>
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  );
}

const sumOf = ({ delivered, failed, retrying }: Health['buckets'][number]) => delivered + failed + retrying;

/** When a part of the time began: as a time of day, or with the day. */
function startName(start: string, hours: number): string {
  if (hours <= 24) return clock(start);
  const day = new Date(start).toLocaleDateString('en-GB', { day: 'numeric', month: 'short' });
  return `${day}, ${clock(start)}`;
}
