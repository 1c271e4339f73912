import { Tooltip } from '@mantine/core';
import { useSyncExternalStore } from 'react';
import { ago, exact } from '../words/time';

/** One clock for all: what is relative is said anew every ten seconds. */
let now = Date.now();
const listeners = new Set<() => void>();
setInterval(() => {
  now = Date.now();
  for (const listener of listeners) listener();
}, 10_000);
const subscribe = (listener: () => void) => {
  listeners.add(listener);
  return () => void listeners.delete(listener);
};

/** The time, to the last ten seconds; the component is drawn again as it goes on. */
export const useNow = (): number => useSyncExternalStore(subscribe, () => now);

/** A time as "4 min ago", and exactly when it is pointed at. */
export function When({ at }: { at: string | null | undefined }) {
  useNow();
  if (!at) return <span className="dimmed">—</span>;
  return (
    <Tooltip label={exact(at)}>
      <time dateTime={at} className="number dimmed small" style={{ whiteSpace: 'nowrap' }}>
        {ago(at)}
      </time>
    </Tooltip>
  );
}
