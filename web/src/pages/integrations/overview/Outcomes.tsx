import { percent, whole } from '../../../words/numbers';
import type { HealthDetail } from '../health';
import { helpFor, isFine, outcomeName } from './outcomes';
import classes from './overview.module.css';

/** How attempts ended, with what to do about those that failed. */
export function Outcomes({ of }: { of: HealthDetail }) {
  const sum = of.outcomes.reduce((all, { count }) => all + count, 0);
  if (sum === 0) return null;
  return (
    <section className="card" aria-labelledby="outcomes" style={{ overflow: 'hidden' }}>
      <div className="card-head">
        <h2 id="outcomes">How attempts ended</h2>
        <span className="dimmed small number">{whole(sum)}</span>
      </div>
      <ul className={classes['outcomes']}>
        {of.outcomes.map(({ outcome, count }) => (
          <li key={outcome}>
            <div className="row">
              <strong>{outcomeName(outcome)}</strong>
              <code className="mono dimmed">{outcome}</code>
              <span className="push number">
                {whole(count)} <span className="dimmed">· {percent(count, sum)}</span>
              </span>
            </div>
            <div className={classes['share']} aria-hidden>
              <div data-bad={!isFine(outcome) || undefined} style={{ width: `${(100 * count) / sum}%` }} />
            </div>
            {!isFine(outcome) && <div className="dimmed small">{helpFor(outcome)}</div>}
          </li>
        ))}
      </ul>
    </section>
  );
}
