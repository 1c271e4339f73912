import { useLayoutEffect, useMemo } from 'react';
import { duration } from '../../../words/numbers';
import { roundUp } from '../data/figures';
import { COLOURS, spoken, type Column } from './columns';
import css from './chart.module.css';
import { barPath, byTone, markPath, ticksOf } from './shapes';
import { Tip } from './Tip';
import { useColumns } from './useColumns';
import { useWidth } from './useWidth';

const TOP = 10;
const TIMES = 150;
const GAP = 26;
const TESTS = 56;
const FOOT = 24;
const HEIGHT = TOP + TIMES + GAP + TESTS + FOOT;
const TIMES_FOOT = TOP + TIMES;
const TESTS_TOP = TIMES_FOOT + GAP;
const TESTS_FOOT = TESTS_TOP + TESTS;
const AXIS = 56;
/** Narrower than this a column can't be pointed at: the chart scrolls. */
const LEAST_STEP = 1.6;

interface RunChartProps {
  columns: Column[];
  selected: string | undefined;
  select: (id: string) => void;
  /** What the upper lane shows: "Average response time". */
  measure: string;
}

/** One column a run: the response time above, failed tests below. */
export function RunChart({ columns, selected, select, measure }: RunChartProps) {
  const [box, width] = useWidth<HTMLDivElement>();
  const count = columns.length;
  const plot = Math.max(width, count * LEAST_STEP);
  const step = plot / Math.max(count, 1);
  // Without room for gaps they are left out.
  const thick = step < 3 ? step : Math.min(18, step * 0.66);
  const chosen = columns.findIndex((column) => column.id === selected);
  const { pointed, handlers } = useColumns({
    count,
    chosen,
    choose: (at) => select(columns[at]!.id),
    left: 0,
    step,
  });

  const most = roundUp(Math.max(0, ...columns.map((column) => column.value ?? 0)));
  const mostFailed = Math.max(2, ...columns.map((column) => column.failed));
  // The newest is what one comes for.
  useLayoutEffect(() => {
    if (box.current) box.current.scrollLeft = box.current.scrollWidth;
  }, [box, plot > width]);

  const drawn = useMemo(
    () => draw({ columns, step, thick, most, mostFailed }),
    [columns, step, thick, most, mostFailed],
  );
  const ticks = useMemo(() => ticksOf(columns, step), [columns, step]);
  const lit = (at: number) => {
    const column = columns[at]!;
    return column.tone === 'bar' && column.value !== undefined
      ? timeBar(column.value, at, { step, thick, most })
      : undefined;
  };
  const current = columns[chosen];
  return (
    <div className={css['chart']}>
      <svg className={css['axis']} width={AXIS} height={HEIGHT} aria-hidden>
        {[0, 0.5, 1].map((part) => (
          <text key={part} x={AXIS - 8} y={TIMES_FOOT - TIMES * part + 4} textAnchor="end">
            {shortTime(most * part)}
          </text>
        ))}
        <text x={AXIS - 8} y={TESTS_FOOT + 3} textAnchor="end">
          0
        </text>
        <text x={AXIS - 8} y={TESTS_TOP + 8} textAnchor="end">
          {mostFailed}
        </text>
      </svg>
      <div ref={box} className={css['plot']}>
        <svg
          className={css['picture']}
          width={plot}
          height={HEIGHT}
          shapeRendering={step < 3 ? 'crispEdges' : undefined}
          role="slider"
          tabIndex={0}
          aria-label={`Runs: ${measure.toLowerCase()} and failed tests. Arrow keys choose a run.`}
          aria-orientation="horizontal"
          aria-valuemin={1}
          aria-valuemax={Math.max(count, 1)}
          aria-valuenow={chosen < 0 ? count : chosen + 1}
          aria-valuetext={current ? spoken(current) : 'none chosen'}
          {...handlers}
        >
          {[0, 0.5, 1].map((part) => (
            <line
              key={part}
              className={css['line']}
              x1={0}
              x2={plot}
              y1={TIMES_FOOT - TIMES * part}
              y2={TIMES_FOOT - TIMES * part}
            />
          ))}
          <line className={css['line']} x1={0} x2={plot} y1={TESTS_FOOT} y2={TESTS_FOOT} />
          {[chosen, pointed ?? -1].map((at, which) =>
            at < 0 || (which === 1 && at === chosen) ? null : (
              <rect
                key={which}
                className={which === 0 ? css['chosen'] : css['pointed']}
                x={at * step - Math.max(0, 3 - step) / 2}
                y={TOP - 4}
                width={Math.max(3, step)}
                height={TESTS_FOOT - TOP + 4}
                rx={3}
              />
            ),
          )}
          {drawn.times.map(([tone, path]) => (
            <path
              key={tone}
              d={path}
              fill={tone === 'live' ? 'none' : COLOURS[tone]}
              {...(tone === 'live' && {
                stroke: COLOURS.live,
                strokeDasharray: '3 2',
                className: css['live'],
              })}
            />
          ))}
          {[chosen, pointed ?? -1].map(
            (at, which) => at >= 0 && <path key={which} d={lit(at)} fill="var(--bar-hover)" />,
          )}
          <path d={drawn.failed} fill={COLOURS.bad} />
          {drawn.marks.map(([tone, path]) => (
            <path key={tone} d={path} fill={COLOURS[tone]} />
          ))}
          {ticks.map((tick) => (
            <text key={tick.x} x={tick.x} y={HEIGHT - 7} textAnchor="middle">
              {tick.label}
            </text>
          ))}
        </svg>
      </div>
      {pointed !== undefined && (
        <Tip
          column={columns[pointed]!}
          measure={measure}
          middle={AXIS + (pointed + 0.5) * step - (box.current?.scrollLeft ?? 0)}
          within={AXIS + width}
          gap={step / 2 + 8}
        />
      )}
    </div>
  );
}

interface Scale {
  step: number;
  thick: number;
  most: number;
}

const left = (at: number, { step, thick }: Scale) => at * step + (step - thick) / 2;

function timeBar(value: number, at: number, scale: Scale): string {
  const height = Math.max(2, (value / scale.most) * TIMES);
  return barPath({ x: left(at, scale), y: TIMES_FOOT - height, width: scale.thick, height });
}

function draw({ columns, mostFailed, ...scale }: Scale & { columns: Column[]; mostFailed: number }) {
  const { step, thick } = scale;
  return {
    times: byTone(columns, (column, at) => {
      if (column.tone === 'live')
        return barPath({ x: left(at, scale), y: TIMES_FOOT - 48, width: thick, height: 48 });
      return column.value === undefined ? '' : timeBar(column.value, at, scale);
    }),
    failed: columns
      .map((column, at) => {
        if (column.failed === 0) return '';
        const height = Math.max(3, (column.failed / mostFailed) * (TESTS - 4));
        return barPath({ x: left(at, scale), y: TESTS_FOOT - height, width: thick, height });
      })
      .join(''),
    // What went wrong without a failed test would not be seen in the lower lane.
    marks: byTone(columns, (column, at) =>
      (column.tone === 'warn' || column.tone === 'mute') && column.failed === 0
        ? markPath(at * step + step / 2, TESTS_FOOT - 2, Math.max(2, Math.min(4, step / 2)))
        : '',
    ),
  };
}

/** "250 ms", "1.5 s": an axis has little room. */
const shortTime = (ms: number) =>
  ms >= 1000 ? `${Number((ms / 1000).toFixed(2))} s` : duration(ms).replace(/\.\d+/, '');
