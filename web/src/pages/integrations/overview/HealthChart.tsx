import { Tooltip } from '@mantine/core';
import { many } from '../../../words/numbers';
import type { Health } from '../health';
import classes from './overview.module.css';

interface ChartProps {
  of: Health;
  hours: number;
}

/** A bar for each stretch of time, with the part that failed on top in red. */
export function HealthChart({ of, hours }: ChartProps) {
  const most = Math.max(1, ...of.stretches.map(({ delivered, failed }) => delivered + failed));
  const marks = of.stretches.filter((_, at) => at % Math.ceil(of.stretches.length / 6) === 0);
  const said = `${many(of.delivered, 'delivery', 'deliveries')} arrived and ${of.failed} failed or are retried, in ${of.stretches.length} stretches; at most ${most} in one.`;
  return (
    <div className={classes['chart']}>
      <div className={classes['most']} aria-hidden>
        {most}
      </div>
      <div role="img" aria-label={said} className={classes['bars']}>
        {of.stretches.map(({ from, delivered, failed }) => (
          <Tooltip
            key={from}
            label={`${stretchName(from, hours)}: ${delivered} delivered, ${failed} failed`}
            openDelay={0}
          >
            <div className={classes['stretch']}>
              {failed > 0 && (
                <div className={classes['failed']} style={{ height: `${(100 * failed) / most}%` }} />
              )}
              {delivered > 0 && (
                <div className={classes['delivered']} style={{ height: `${(100 * delivered) / most}%` }} />
              )}
              {delivered + failed === 0 && <div className={classes['nothing']} />}
            </div>
          </Tooltip>
        ))}
      </div>
      <div className={classes['axis']} aria-hidden>
        {marks.map(({ from }) => (
          <span key={from}>{stretchName(from, hours)}</span>
        ))}
      </div>
    </div>
  );
}

/** The same numbers to read. */
export function HealthTable({ of, hours }: ChartProps) {
  const rows = of.stretches.filter(({ delivered, failed }) => delivered + failed > 0).reverse();
  if (rows.length === 0)
    return (
      <div className="dimmed" style={{ padding: '0 16px 16px', fontSize: 13 }}>
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
            <th className="end">Failed or retrying</th>
          </tr>
        </thead>
        <tbody>
          {rows.map(({ from, delivered, failed }) => (
            <tr key={from}>
              <td className="number">{stretchName(from, hours)}</td>
              <td className="end number">{delivered}</td>
              <td className={`end number ${failed > 0 ? 'bad-text' : ''}`}>{failed}</td>
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  );
}

function stretchName(from: number, hours: number): string {
  const date = new Date(from);
  const day = date.toLocaleDateString('en-GB', { day: 'numeric', month: 'short' });
  const time = date.toLocaleTimeString('en-GB', { hour: '2-digit', minute: '2-digit' });
  if (hours <= 24) return time;
  return hours <= 168 ? `${day}, ${time}` : day;
}
