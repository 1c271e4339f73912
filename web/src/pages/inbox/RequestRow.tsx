import { Link } from '@tanstack/react-router';
import { Method, StatusCode } from '../../parts/Pill';
import { When } from '../../parts/When';
import { bytes } from '../../words/numbers';
import type { Arrived } from './data';
import styles from './inbox.module.css';
import { Verdict } from './Verdict';
import { titleOf } from './words';

export const rowId = (id: string) => `request-${id}`;

interface RequestRowProps {
  request: Arrived;
  isOpen: boolean;
  isFresh: boolean;
}

/** A request in the list: what it tells, whether its signature is good, when, and what it was answered. */
export function RequestRow({ request, isOpen, isFresh }: RequestRowProps) {
  const title = titleOf(request);
  return (
    <li>
      <Link
        to="."
        id={rowId(request.id)}
        search={((old: Record<string, unknown>) => ({ ...old, request: request.id })) as never}
        resetScroll={false}
        className={`${styles.request} ${isFresh ? 'fresh' : ''}`}
        data-open={isOpen || undefined}
        aria-current={isOpen || undefined}
        activeProps={{}}
      >
        <span className={styles.line}>
          <Method name={request.method} />
          <span className={`clip ${styles.title} ${request.event ? '' : 'mono'}`} title={title}>
            {title}
          </span>
          <StatusCode status={request.answeredStatus} />
        </span>
        <span className={styles.line}>
          <Verdict verdict={request.signature.verdict} />
          <span className="small dimmed number clip">
            {bytes(request.bytes)}
            {request.attempt != null && request.attempt > 1 && ` · attempt ${request.attempt}`}
          </span>
          <span className="push">
            <When at={request.receivedAt} />
          </span>
        </span>
      </Link>
    </li>
  );
}
