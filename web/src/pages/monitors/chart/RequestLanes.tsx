import { useMemo } from 'react';
import { duration } from '../../../words/numbers';
import { by, mean, p95, type Formula } from '../data/figures';
import type { Times } from '../data/useRun';
import { spoken, timeOf, type Column } from './columns';
import css from './chart.module.css';
import { barPath, ticksOf } from './shapes';
import { useColumns } from './useColumns';
import { useWidth } from './useWidth';

const LANE = 34;
const FOOT = 22;
/** A request that takes more than this of its own average is slow. */
export const SLOW = 1.6;

interface LanesProps {
  columns: Column[];
  requests: string[];
  times: Map<string, Times>;
  formula: Formula;
  selected: string | undefined;
  select: (id: string) => void;
}

/** One lane a request, so that it is seen which one peaks. */
export function RequestLanes({ columns, requests, times, formula, selected, select }: LanesProps) {
  const [box, width] = useWidth<HTMLDivElement>(600);
  const step = width / Math.max(columns.length, 1);
  const chosen = columns.findIndex((column) => column.id === selected);
  const { pointed, handlers } = useColumns({
    count: columns.length,
    chosen,
    choose: (at) => select(columns[at]!.id),
    left: 0,
    step,
  });
  const lanes = useMemo(
    () =>
      requests.map((name) => ({
        name,
        values: columns.map(({ id }) => by(formula, times.get(id)?.get(name) ?? [])),
      })),
    [requests, columns, times, formula],
  );
  const ticks = useMemo(() => ticksOf(columns, step, 110), [columns, step]);
  const at = pointed ?? chosen;
  const most = Math.max(1, ...lanes.flatMap((lane) => lane.values.map((value) => value ?? 0)));
  const { onKeyDown, ...pointing } = handlers;
  return (
    <div className={css['lanes']}>
      <div className={css['lane']}>
        <span className={css['lane-head']} style={{ textAlign: 'left' }}>
          Request
        </span>
        <div ref={box} className={`${css['lane-plot']} ${css['lane-when']} clip`} aria-hidden>
          {columns[at] && `${timeOf(columns[at])} · ${columns[at].result} · ${columns[at].trigger}`}
        </div>
        <span className={css['lane-head']}>{pointed === undefined ? 'This run' : 'Pointed at'}</span>
        <span className={css['lane-head']}>Average</span>
        <span className={css['lane-head']}>p95</span>
      </div>
      {lanes.map(({ name, values }) => {
        const known = values.filter((value) => value !== undefined);
        const average = mean(known);
        const value = values[at];
        const slow = value !== undefined && average !== undefined && value > SLOW * average;
        return (
          <div key={name} className={css['lane']}>
            <span className={`${css['lane-name']} clip`} title={name}>
              {name}
            </span>
            <div className={css['lane-plot']}>
              <Lane
                values={values}
                slowFrom={average === undefined ? Infinity : SLOW * average}
                most={most}
                width={width}
                step={step}
                chosen={chosen}
                pointed={pointed}
                label={`${name}: ${duration(average)} on average, ${duration(p95(known))} at the 95th percentile, over ${known.length} runs`}
                handlers={pointing}
              />
            </div>
            <span className={`${css['lane-number']} ${slow ? 'warn-text' : ''}`} style={{ fontWeight: 600 }}>
              {duration(value)}
            </span>
            <span className={`${css['lane-number']} dimmed`}>{duration(average)}</span>
            <span className={`${css['lane-number']} dimmed`}>{duration(p95(known))}</span>
          </div>
        );
      })}
      <div className={css['lane']}>
        <span />
        <div className={css['lane-plot']}>
          <svg
            className={css['picture']}
            width={width}
            height={FOOT}
            role="slider"
            tabIndex={0}
            aria-label="Runs, request by request. Arrow keys choose a run."
            aria-orientation="horizontal"
            aria-valuemin={1}
            aria-valuemax={Math.max(columns.length, 1)}
            aria-valuenow={chosen < 0 ? columns.length : chosen + 1}
            aria-valuetext={columns[chosen] ? spoken(columns[chosen]) : 'none chosen'}
            onKeyDown={onKeyDown}
            {...pointing}
          >
            {ticks.map((tick) => (
              <text key={tick.x} x={tick.x} y={15} textAnchor="middle">
                {tick.label}
              </text>
            ))}
          </svg>
        </div>
      </div>
    </div>
  );
}

interface LaneProps {
  values: (number | undefined)[];
  slowFrom: number;
  most: number;
  width: number;
  step: number;
  chosen: number;
  pointed: number | undefined;
  label: string;
  handlers: object;
}

function Lane({ values, slowFrom, most, width, step, chosen, pointed, label, handlers }: LaneProps) {
  const thick = Math.max(1, Math.min(14, step * 0.66));
  const paths = useMemo(() => {
    let [usual, slow] = ['', ''];
    values.forEach((value, at) => {
      if (value === undefined) return;
      const height = Math.max(1.5, (value / most) * (LANE - 4));
      const path = barPath({ x: at * step + (step - thick) / 2, y: LANE - height, width: thick, height });
      if (value > slowFrom) slow += path;
      else usual += path;
    });
    return { usual, slow };
  }, [values, slowFrom, most, step, thick]);
  const band = (at: number, look: string | undefined) => (
    <rect className={look} x={at * step} y={0} width={Math.max(2, step)} height={LANE} rx={2} />
  );
  return (
    <svg
      className={css['picture']}
      width={width}
      height={LANE + 8}
      role="img"
      aria-label={label}
      {...handlers}
    >
      {chosen >= 0 && band(chosen, css['chosen'])}
      {pointed !== undefined && pointed !== chosen && band(pointed, css['pointed'])}
      <line className={css['line']} x1={0} x2={width} y1={LANE} y2={LANE} />
      <path d={paths.usual} fill="var(--bar)" />
      <path d={paths.slow} fill="var(--warn)" />
    </svg>
  );
}
