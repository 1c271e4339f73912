import { Button, Loader } from '@mantine/core';
import { useVirtualizer, defaultRangeExtractor } from '@tanstack/react-virtual';
import {
  useCallback,
  useEffect,
  useLayoutEffect,
  useRef,
  type KeyboardEvent,
  type ReactNode,
  type RefObject,
} from 'react';
import { whole } from '../../words/numbers';
import { sentence } from '../../api/errors';
import styles from './deliveries.module.css';
import { DeliveryRow, rowId } from './DeliveryRow';
import type { Row } from './rows';
import { Tick } from './Tick';
import type { Picked } from './usePicked';

/** As high as a row is in the style sheet. */
const ROW = 60;
/** So many rows before its end is the list read on. */
const AHEAD = 25;

interface GridProps {
  rows: Row[];
  /** Which list it is; another one begins at its top. */
  list: string;
  current: string | undefined;
  picked: Picked;
  fresh: ReadonlySet<string>;
  open: (id: string) => void;
  /** What the keys do that are pressed while a row or its check box has the focus. */
  press: (event: KeyboardEvent) => void;
  /** What waits to be shown. */
  news: ReactNode;
  bulk: ReactNode;
  onScroll: (top: number, first: number) => void;
  end: { looked: number; hasMore: boolean; isMore: boolean; error: unknown; more: () => void };
  scroll: RefObject<HTMLDivElement | null>;
}

/** The rows that are in sight, of as many as there are. */
export function Grid(props: GridProps) {
  const { rows, list, current, picked, fresh, open, press, scroll, end, onScroll } = props;
  const at = current ? rows.findIndex((row) => row.id === current) : -1;
  const virtual = useVirtualizer({
    count: rows.length,
    getScrollElement: () => scroll.current,
    estimateSize: () => ROW,
    getItemKey: (index) => rows[index]!.id,
    overscan: 10,
    // The row with the focus stays, wherever one scrolls.
    rangeExtractor: useCallback(
      (range: Parameters<typeof defaultRangeExtractor>[0]) => {
        const seen = defaultRangeExtractor(range);
        return at < 0 || seen.includes(at) ? seen : [...seen, at].sort((a, b) => a - b);
      },
      [at],
    ),
  });
  const tell = useRef(onScroll);
  tell.current = onScroll;
  const items = virtual.getVirtualItems();
  const last = virtual.range?.endIndex ?? 0;

  // A list begins at its top, or where one has come back to.
  const start = useRef(at);
  useLayoutEffect(() => {
    if (start.current > 0) virtual.scrollToIndex(start.current, { align: 'center' });
    else scroll.current?.scrollTo({ top: 0 });
    start.current = -1;
    tell.current(scroll.current?.scrollTop ?? 0, 0);
  }, [list, scroll, virtual]);
  useEffect(() => {
    if (end.hasMore && !end.isMore && !end.error && last >= rows.length - AHEAD) end.more();
  }, [end, last, rows.length]);

  // Moving by keys brings the row into sight, and the focus to it if the list has it.
  const moved = useRef(current);
  useEffect(() => {
    if (moved.current === current) return;
    moved.current = current;
    if (at < 0) return;
    virtual.scrollToIndex(at, { align: 'auto' });
    if (scroll.current?.contains(document.activeElement))
      document.getElementById(rowId(current!))?.focus({ preventScroll: true });
  }, [current, at, virtual, scroll]);

  const latest = useRef(picked);
  latest.current = picked;
  const pick = useCallback(
    (id: string, isRange: boolean) => (isRange ? latest.current.range(id) : latest.current.toggle(id)),
    [],
  );
  const count = picked.picked.length;
  return (
    <div
      role="grid"
      aria-label="Deliveries"
      aria-multiselectable
      aria-rowcount={end.hasMore ? -1 : rows.length + 1}
      className={styles.grid}
      onKeyDown={press}
    >
      <div role="rowgroup">
        <div role="row" aria-rowindex={1} className={styles.head}>
          <span role="columnheader" className={styles.tick}>
            <Tick
              label="Select all"
              isOn={count > 0 && count === rows.length}
              isPartly={count > 0 && count < rows.length}
              click={(event) => picked.all(event.currentTarget.checked)}
            />
          </span>
          {count > 0 ? (
            <span role="columnheader" className="row" style={{ flex: 1 }}>
              <span className="number">{whole(count)} selected</span>
              {props.news}
              {props.bulk}
            </span>
          ) : (
            <>
              <span role="columnheader" className="row" style={{ flex: 1 }}>
                Delivery
                <span style={{ margin: '0 auto' }}>{props.news}</span>
              </span>
              <span role="columnheader" className="dimmed">
                State
              </span>
            </>
          )}
        </div>
      </div>
      <div
        ref={scroll}
        role="rowgroup"
        className={styles.scroll}
        onScroll={(event) => onScroll(event.currentTarget.scrollTop, virtual.range?.startIndex ?? 0)}
      >
        <div role="presentation" style={{ height: virtual.getTotalSize(), position: 'relative' }}>
          {items.map((item) => {
            const row = rows[item.index]!;
            return (
              <DeliveryRow
                key={row.id}
                row={row}
                at={item.index}
                top={item.start}
                isOpen={row.id === current}
                isStop={at < 0 ? item.index === 0 : item.index === at}
                isPicked={picked.isPicked(row.id)}
                isFresh={fresh.has(row.id)}
                open={open}
                pick={pick}
              />
            );
          })}
        </div>
        <End {...end} shown={rows.length} />
      </div>
    </div>
  );
}

/** What stands below the last row. */
function End({ looked, shown, hasMore, error, more }: GridProps['end'] & { shown: number }) {
  if (!hasMore && shown < 12) return null;
  return (
    <div role="row" className={styles.end}>
      <span role="gridcell" className="row wrap">
        {error ? (
          <>
            <span className="bad-text">Could not load more. {sentence(error)}</span>
            <Button size="compact-xs" variant="default" onClick={more}>
              Try again
            </Button>
          </>
        ) : hasMore ? (
          <>
            <Loader size={14} aria-hidden />
            {looked > shown ? `Looking further back, ${whole(looked)} read so far` : 'Loading more'}
          </>
        ) : (
          `All ${whole(shown)} are shown`
        )}
      </span>
    </div>
  );
}
