import { duration } from '../../../words/numbers';
import { failedWords, timeOf, type Column } from './columns';
import css from './chart.module.css';

interface TipProps {
  column: Column;
  measure: string;
  /** The column's middle, and the width that there is. */
  middle: number;
  within: number;
  gap: number;
}

const WIDTH = 212;

/** The exact values of what is pointed at. Who doesn't point hears them from the slider. */
export function Tip({ column, measure, middle, within, gap }: TipProps) {
  const isRight = middle + gap + WIDTH <= within;
  const left = isRight ? middle + gap : Math.max(0, middle - gap - WIDTH);
  const rows = [
    ['Result', column.result],
    [measure, duration(column.value)],
    ['Failed tests', failedWords(column)],
    ['Type', column.trigger],
  ];
  return (
    <div className={css['tip']} style={{ left, width: WIDTH }} aria-hidden>
      <strong className="number">{timeOf(column)}</strong>
      {rows.map(([name, value]) => (
        <div key={name} className={css['tip-row']}>
          <span className="dimmed">{name}</span>
          <span className="number">{value}</span>
        </div>
      ))}
    </div>
  );
}
