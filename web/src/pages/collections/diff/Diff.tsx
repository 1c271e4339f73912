import { useMediaQuery } from '@mantine/hooks';
import { useMemo, useState } from 'react';
import { many } from '../../../words/numbers';
import style from './diff.module.css';
import { diffLines, type Line } from './lines';
import { sideBySide, within, withGaps, type Row } from './rows';

/** So many rows are drawn at once; the rest on demand. */
const PAGE = 400;

/** Two texts beside each other on a wide screen, one below the other on a narrow one. */
export function Diff({ before, now, label }: { before: string; now: string; label: string }) {
  const isWide = useMediaQuery('(min-width: 1200px)', window.innerWidth >= 1200);
  const [opened, open] = useState<ReadonlySet<number>>(new Set());
  const [most, setMost] = useState(PAGE);
  const lines = useMemo(() => diffLines(before, now), [before, now]);
  const rows = useMemo(() => withGaps(lines), [lines]);
  const shown = useMemo(
    () =>
      rows.flatMap((row, at): (Row & { gap?: number })[] =>
        row.t === 'gap' && opened.has(at)
          ? row.lines.map((line) => ({ t: 'line', line }))
          : [{ ...row, gap: at }],
      ),
    [rows, opened],
  );
  const part = shown.slice(0, most);
  const show = (gap: number | undefined) => gap !== undefined && open(new Set([...opened, gap]));
  // What is new or gone as a whole needs no second column.
  const isOneSided = before === '' || now === '';
  return (
    <div className={`diff ${style.diff}`} role="region" aria-label={label} tabIndex={0}>
      {isWide && !isOneSided ? <Columns rows={part} show={show} /> : <Unified rows={part} show={show} />}
      {shown.length > most && (
        <button type="button" className={style.gap} onClick={() => setMost(most + 2 * PAGE)}>
          Show {many(Math.min(2 * PAGE, shown.length - most), 'more line')}
        </button>
      )}
    </div>
  );
}

type Shown = Row & { gap?: number };
interface RowsProps {
  rows: Shown[];
  show: (gap: number | undefined) => void;
}

const Gap = ({ count, open }: { count: number; open: () => void }) => (
  <button type="button" className={style.gap} onClick={open}>
    {many(count, 'line')} that did not change
  </button>
);

const MARK = { same: ' ', added: '+', removed: '−' } as const;

function Unified({ rows, show }: RowsProps) {
  return rows.map((row, at) =>
    row.t === 'gap' ? (
      <Gap key={at} count={row.lines.length} open={() => show(row.gap)} />
    ) : (
      <div key={at} className={style.unified} data-side={row.line.side}>
        <Number of={row.line.old} />
        <Number of={row.line.now} />
        <span className={style.mark}>{MARK[row.line.side]}</span>
        <span>{row.line.text || ' '}</span>
      </div>
    ),
  );
}

function Columns({ rows, show }: RowsProps) {
  const pairs = useMemo(() => sideBySide(rows), [rows]);
  const gaps = rows.filter((row) => row.t === 'gap');
  let gap = -1;
  return pairs.map((pair, at) => {
    if (pair.t === 'gap') {
      gap += 1;
      const { gap: index } = gaps[gap]!;
      return <Gap key={at} count={pair.lines.length} open={() => show(index)} />;
    }
    const isChange = pair.left?.side === 'removed' && pair.right?.side === 'added';
    const inner = isChange ? within(pair.left!.text, pair.right!.text) : undefined;
    return (
      <div key={at} className={style.columns}>
        <Half line={pair.left} number={pair.left?.old} range={inner && [inner.start, inner.before]} />
        <Half line={pair.right} number={pair.right?.now} range={inner && [inner.start, inner.now]} />
      </div>
    );
  });
}

interface HalfProps {
  line: Line | undefined;
  number: number | undefined;
  /** What of the line differs. */
  range: [from: number, to: number] | undefined;
}

function Half({ line, number, range }: HalfProps) {
  if (!line) return <div className={style.half} data-side="none" />;
  const { text } = line;
  return (
    <div className={style.half} data-side={line.side}>
      <Number of={number} />
      <span className={style.mark}>{MARK[line.side]}</span>
      <span>
        {range ? (
          <>
            {text.slice(0, range[0])}
            <mark>{text.slice(range[0], range[1])}</mark>
            {text.slice(range[1])}
          </>
        ) : (
          text || ' '
        )}
      </span>
    </div>
  );
}

const Number = ({ of }: { of: number | undefined }) => (
  <span className={style.number} aria-hidden>
    {of}
  </span>
);
