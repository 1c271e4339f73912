import { Button, Modal, TextInput } from '@mantine/core';
import { useState } from 'react';
import type { Shape } from '../../../api/client';
import { Refusal } from '../../../parts/States';
import { useDelete } from './useDelete';

interface DeleteMonitorProps {
  monitor: Shape['MonitorView'];
  opened: boolean;
  close: () => void;
}

/** Deletes it with its runs, once its name has been typed. */
export function DeleteMonitor({ monitor, opened, close }: DeleteMonitorProps) {
  const { name } = monitor;
  const [typed, type] = useState('');
  const { remove, isPending, error } = useDelete(monitor);
  const isSure = typed.trim() === name.trim();
  return (
    <Modal opened={opened} onClose={close} onExitTransitionEnd={() => type('')} title="Delete monitor">
      <form
        noValidate
        className="stack"
        onSubmit={(event) => {
          event.preventDefault();
          if (isSure) void remove();
        }}
      >
        <div style={{ overflowWrap: 'anywhere' }}>
          <strong>{name}</strong> and all of its runs are deleted for good. Integrations that name it stay,
          and tell nothing.
        </div>
        <TextInput
          label="Type its name to delete it"
          autoComplete="off"
          data-autofocus
          value={typed}
          onChange={(event) => type(event.currentTarget.value)}
        />
        <Refusal of={{ error }} />
        <div className="row">
          <Button type="submit" color="red" disabled={!isSure} loading={isPending}>
            Delete
          </Button>
          <Button variant="default" onClick={close}>
            Cancel
          </Button>
        </div>
      </form>
    </Modal>
  );
}
