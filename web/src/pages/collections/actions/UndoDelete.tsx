import { Button } from '@mantine/core';
import { useState } from 'react';
import { failed } from '../../../parts/notify';

interface UndoDeleteProps {
  name: string;
  undo: () => Promise<unknown>;
  done: () => void;
}

/** Says that an item is gone, and gives it back. It stands outside of the page, so that it outlives it. */
export function UndoDelete({ name, undo, done }: UndoDeleteProps) {
  const [isBusy, setBusy] = useState(false);
  const run = async () => {
    setBusy(true);
    try {
      await undo();
      done();
    } catch (error) {
      setBusy(false);
      failed('Could not give it back', error);
    }
  };
  return (
    <div className="row">
      <span className="clip">Deleted {name}</span>
      <Button
        size="compact-xs"
        variant="default"
        className="push"
        loading={isBusy}
        onClick={() => void run()}
      >
        Undo
      </Button>
    </div>
  );
}
