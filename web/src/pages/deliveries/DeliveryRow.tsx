import { memo, type MouseEvent } from 'react';
import { stateOf } from '../../parts/Pill';
import { useNow } from '../../parts/When';
import { kindOf } from '../../words/kinds';
import { ago, exact } from '../../words/time';
import styles from './deliveries.module.css';
import type { Row } from './rows';
import { Tick } from './Tick';
import { keepsPlace, stateName, titleOf } from './words';

interface DeliveryRowProps {
  row: Row;
  /** Its place in the list, from 0. */
  at: number;
  top: number;
  isOpen: boolean;
  /** Whether it is the one row that Tab goes to. */
  isStop: boolean;
  isPicked: boolean;
  isFresh: boolean;
  open: (id: string) => void;
  pick: (id: string, isRange: boolean) => void;
}

/** A delivery in the list: a check box, what it tells to whom, how it stands and since when. */
export const DeliveryRow = memo(function DeliveryRow(props: DeliveryRowProps) {
  const { row, at, top, isOpen, isStop, isPicked, isFresh, open, pick } = props;
  const state = stateOf(stateName(row));
  const Icon = state.icon;
  const title = titleOf(row);
  const to = row.integrationName || 'A deleted integration';
  const click = (event: MouseEvent<HTMLInputElement>) => {
    event.stopPropagation();
    pick(row.id, event.shiftKey);
    // A mouse has picked it; the keys of the list go on from here.
    if (event.detail > 0) event.currentTarget.closest<HTMLElement>('[role=row]')?.focus();
  };
  return (
    <div
      role="row"
      id={rowId(row.id)}
      aria-rowindex={at + 2}
      aria-selected={isPicked}
      aria-current={isOpen || undefined}
      tabIndex={isStop ? 0 : -1}
      className={`${styles.row} ${isFresh ? 'fresh' : ''}`}
      style={{ transform: `translateY(${top}px)` }}
      onClick={() => open(row.id)}
    >
      <span role="gridcell" className={styles.tick} onClick={(event) => event.stopPropagation()}>
        <Tick label={`Select ${title} for ${to}`} isOn={isPicked} tabIndex={isStop ? 0 : -1} click={click} />
      </span>
      <span role="gridcell" className={styles.what}>
        <span className={`clip ${styles.title}`} title={title}>
          {title}
          {row.type && <span className="dimmed"> · {kindOf(row.event).short}</span>}
        </span>
        <span className={`clip small dimmed ${styles.to}`} title={to}>
          {to}
        </span>
      </span>
      <span role="gridcell" className={styles.how}>
        <span className={`${styles.state} ${state.tone}-text`} data-tone={state.tone}>
          <Icon size={14} aria-hidden />
          {state.label}
        </span>
        <Time row={row} />
      </span>
    </div>
  );
});

export const rowId = (id: string) => `delivery-${id}`;

/** When it was made; of one that is tried again, how often it was tried and when it is next. */
function Time({ row }: { row: Row }) {
  useNow();
  const isRetrying = row.status === 'scheduled' && row.attemptCount > 0 && row.nextAttemptAt;
  const isKept = keepsPlace(row);
  const at = (!isKept && isRetrying) || row.createdAt;
  return (
    <time dateTime={at} title={exact(at)} className="small dimmed number" style={{ whiteSpace: 'nowrap' }}>
      {isRetrying ? `${row.attemptCount}× · ${isKept ? 'of' : 'next'} ${ago(at)}` : ago(at)}
    </time>
  );
}
