import { useBlocker } from '@tanstack/react-router';
import { useRef } from 'react';
import { Sure } from './Sure';

/** Asks before what was written is lost: by going elsewhere, or by closing the tab. `drop` lets it go without asking. */
export function useGuard(isDirty: boolean) {
  const dropped = useRef(false);
  const latest = useRef(isDirty);
  latest.current = isDirty;
  const mustAsk = () => latest.current && !dropped.current;
  const { status, proceed, reset } = useBlocker({
    shouldBlockFn: mustAsk,
    enableBeforeUnload: mustAsk,
    withResolver: true,
  });
  const dialog = status === 'blocked' && (
    <Sure
      title="Leave without saving?"
      action="Leave"
      of={{ error: undefined, isPending: false }}
      confirm={proceed}
      close={reset}
    >
      What you changed here is not saved.
    </Sure>
  );
  return { dialog, drop: () => void (dropped.current = true) };
}
