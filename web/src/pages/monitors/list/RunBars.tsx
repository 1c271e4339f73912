import { useNavigate } from '@tanstack/react-router';
import { useMemo, useState } from 'react';
import { duration, many } from '../../../words/numbers';
import { averageOf, hasFailed, type Brief } from '../data/run';
import { BARS } from '../data/useOverview';
import { COLOURS, columnOf, spoken, timeOf } from '../chart/columns';
import { byTone, barPath } from '../chart/shapes';
import { useColumns } from '../chart/useColumns';
import css from './list.module.css';

const WIDTH = 300;
const HEIGHT = 30;
const STEP = WIDTH / BARS;
const THICK = 3.6;

/** Where a run would stand that has not been yet. */
const NONE = Array.from(
  { length: BARS },
  (_, at) => `M${at * STEP} ${HEIGHT - 2}h${THICK}v2h${-THICK}z`,
).join('');

interface RunBarsProps {
  uid: string;
  name: string;
  /** The oldest first. */
  runs: Brief[];
}

/** A monitor's last runs: how long each took, and which failed. A click opens one; arrow keys and Enter do the same. */
export function RunBars({ uid, name, runs }: RunBarsProps) {
  const navigate = useNavigate();
  const [chosen, choose] = useState(-1);
  const columns = useMemo(() => runs.map((run) => columnOf(run, averageOf(run))), [runs]);
  const left = (BARS - columns.length) * STEP;
  const open = (at: number) =>
    void navigate({
      to: '/monitors/$uid',
      params: { uid } as never,
      search: { run: columns[at]!.id } as never,
    });
  const { pointed, handlers } = useColumns({ count: columns.length, chosen, choose, left, step: STEP });
  const most = Math.max(1, ...columns.map((column) => column.value ?? 0));
  const paths = useMemo(
    () =>
      byTone(columns, (column, at) => {
        const height = column.value === undefined ? 8 : Math.max(4, (column.value / most) * (HEIGHT - 2));
        return barPath({ x: left + at * STEP, y: HEIGHT - height, width: THICK, height });
      }),
    [columns, most, left],
  );
  const failed = runs.filter(hasFailed).length;
  const at = pointed ?? (chosen >= 0 ? chosen : undefined);
  const told = at === undefined ? undefined : columns[at];
  if (columns.length === 0) return <div className={`${css['no-bars']} dimmed small`}>Has not run yet</div>;
  return (
    <div className={css['bars']} onBlur={() => choose(-1)}>
      <svg
        width="100%"
        height={HEIGHT}
        viewBox={`0 0 ${WIDTH} ${HEIGHT}`}
        preserveAspectRatio="none"
        role="slider"
        tabIndex={0}
        aria-label={`Last ${many(columns.length, 'run')} of ${name}, ${failed} failed. Arrow keys choose one, Enter opens it.`}
        aria-orientation="horizontal"
        aria-valuemin={1}
        aria-valuemax={columns.length}
        aria-valuenow={(at ?? columns.length - 1) + 1}
        aria-valuetext={spoken(columns[at ?? columns.length - 1]!)}
        {...handlers}
        onClick={() => pointed !== undefined && open(pointed)}
        onKeyDown={(event) => {
          if (event.key === 'Enter' && chosen >= 0) open(chosen);
          else handlers.onKeyDown(event);
        }}
      >
        <path d={NONE} fill="var(--app-border)" />
        {at !== undefined && (
          <rect
            x={left + at * STEP - 0.7}
            y={0}
            width={STEP}
            height={HEIGHT}
            fill="var(--app-selected)"
            rx={1}
          />
        )}
        {paths.map(([tone, path]) => (
          <path
            key={tone}
            d={path}
            fill={tone === 'live' ? 'none' : COLOURS[tone]}
            stroke={tone === 'live' ? COLOURS.live : undefined}
          />
        ))}
      </svg>
      {told && at !== undefined && (
        <div
          className={css['tip']}
          aria-hidden
          style={{ left: `${Math.min(72, Math.max(0, ((left + at * STEP) / WIDTH) * 100 - 20))}%` }}
        >
          <strong>{told.result}</strong> · {duration(told.value)}
          {told.failed > 0 && ` · ${told.failed} of ${told.tests} tests failed`}
          <div className="dimmed">{timeOf(told)}</div>
        </div>
      )}
    </div>
  );
}
