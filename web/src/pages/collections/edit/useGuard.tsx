import { Button, Modal } from '@mantine/core';
import { useBlocker } from '@tanstack/react-router';
import { useRef } from 'react';

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
    <Modal opened onClose={reset} title="Leave without saving?">
      <p style={{ margin: '0 0 16px', fontSize: 13 }}>What you changed here is not saved.</p>
      <div className="row">
        <Button className="push" variant="default" onClick={reset} data-autofocus>
          Stay
        </Button>
        <Button color="red" onClick={proceed}>
          Leave
        </Button>
      </div>
    </Modal>
  );
  return { dialog, drop: () => void (dropped.current = true) };
}
