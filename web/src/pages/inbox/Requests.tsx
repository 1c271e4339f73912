import { Button, VisuallyHidden } from '@mantine/core';
import { useMediaQuery } from '@mantine/hooks';
import { ArrowLeft, ArrowUp, Inbox as InboxIcon } from 'lucide-react';
import { useEffect, useRef, useState } from 'react';
import { useAddress } from '../../parts/search';
import { Empty, Lines, Loaded } from '../../parts/States';
import { useHeld } from '../../parts/useHeld';
import { useKeys } from '../../shell/keys';
import { many } from '../../words/numbers';
import { useArrived, type Arrived, type Inbox } from './data';
import styles from './inbox.module.css';
import { RequestDetail } from './RequestDetail';
import { RequestRow, rowId } from './RequestRow';

const idOf = (request: Arrived) => request.id;

/** What has come to an inbox, beside the one that is looked at. */
export function Requests({ inbox }: { inbox: Inbox }) {
  const asked = useArrived(inbox.id);
  return (
    <Loaded what="the requests" of={asked} skeleton={<Lines count={6} height={52} />}>
      {(requests) =>
        requests.length > 0 ? (
          <Split inbox={inbox} requests={requests} />
        ) : (
          <div className="card">
            <Empty icon={InboxIcon} title="Waiting for the first request">
              Send anything to the URL above, by any method. It shows here as it arrives.
            </Empty>
          </div>
        )
      }
    </Loaded>
  );
}

function Split({ inbox, requests }: { inbox: Inbox; requests: Arrived[] }) {
  const [address, change] = useAddress();
  const isWide = useMediaQuery('(min-width: 1100px)', window.innerWidth >= 1100);
  const [isScrolled, scroll] = useState(false);
  const { shown, waiting, fresh, show } = useHeld(requests, {
    id: idOf,
    hold: isScrolled || !!address['request'],
  });
  const list = useRef<HTMLDivElement>(null);
  // Where there is room the first one is open from the beginning, and stays while others come in.
  const [first] = useState(requests[0]!.id);
  const start = shown.some((request) => request.id === first) ? first : shown[0]?.id;
  const current = address['request'] ?? (isWide ? start : undefined);
  const at = shown.findIndex((request) => request.id === current);

  const open = (id: string | undefined) => change({ request: id }, { replace: isWide || !id });
  const go = (to: number) => {
    const goal = shown[Math.max(0, Math.min(shown.length - 1, to))];
    if (goal) open(goal.id);
  };
  const keys = { j: () => go(at + 1), k: () => go(at - 1) };
  useKeys({
    ...keys,
    ArrowDown: keys.j,
    ArrowUp: keys.k,
    Escape: () => address['request'] && open(undefined),
  });
  useEffect(() => {
    if (current) document.getElementById(rowId(current))?.scrollIntoView({ block: 'nearest' });
  }, [current]);
  const letIn = () => {
    show();
    list.current?.scrollTo({ top: 0 });
  };

  if (!isWide && current)
    return (
      <>
        <Button
          variant="default"
          size="xs"
          mb="sm"
          leftSection={<ArrowLeft size={14} aria-hidden />}
          onClick={() => open(undefined)}
        >
          All requests
        </Button>
        <RequestDetail inbox={inbox} id={current} gone={() => open(undefined)} />
      </>
    );
  return (
    <div className={styles.split}>
      <section className={`card ${styles.list}`} aria-label="Requests">
        <div className={styles.head}>
          <h2>{many(shown.length, 'request')}</h2>
          {waiting.length > 0 && (
            <Button
              size="compact-xs"
              radius="xl"
              leftSection={<ArrowUp size={13} aria-hidden />}
              onClick={letIn}
            >
              {waiting.length} new
            </Button>
          )}
          <span className={`dimmed push ${styles.hint}`}>J / K to move</span>
        </div>
        <div
          ref={list}
          className={styles.scroll}
          role="region"
          aria-label="List of requests"
          tabIndex={0}
          onScroll={(event) => scroll(event.currentTarget.scrollTop > 30)}
        >
          <ul>
            {shown.map((request) => (
              <RequestRow
                key={request.id}
                request={request}
                isOpen={request.id === current}
                isFresh={fresh.has(request.id)}
              />
            ))}
          </ul>
        </div>
        <VisuallyHidden role="status">
          {waiting.length > 0 ? many(waiting.length, 'new request') : ''}
        </VisuallyHidden>
      </section>
      {isWide && current && (
        <div className={styles.pane}>
          <RequestDetail
            key={current}
            inbox={inbox}
            id={current}
            gone={() => (shown.length > 1 ? go(at + 1 < shown.length ? at + 1 : at - 1) : open(undefined))}
          />
        </div>
      )}
    </div>
  );
}
