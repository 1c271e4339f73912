import { Button, Modal, TextInput } from '@mantine/core';
import { useNavigate } from '@tanstack/react-router';
import { useState } from 'react';
import { query, type Shape } from '../../../api/client';
import { told } from '../../../parts/notify';
import { Refusal } from '../../../parts/States';

interface DeleteMonitorProps {
  monitor: Shape['MonitorView'];
  opened: boolean;
  close: () => void;
}

/** Deletes it with its runs, once its name has been typed. */
export function DeleteMonitor({ monitor, opened, close }: DeleteMonitorProps) {
  const { uid, name } = monitor;
  const navigate = useNavigate();
  const [typed, type] = useState('');
  const remove = query.useMutation('delete', '/monitors/{uid}');
  const isSure = typed.trim() === name.trim();
  const submit = () =>
    remove.mutate(
      { params: { path: { uid } } },
      {
        onSuccess: () => {
          told(`${name} is deleted.`);
          void navigate({ to: '/monitors' });
        },
      },
    );
  return (
    <Modal opened={opened} onClose={close} onExitTransitionEnd={() => type('')} title="Delete monitor">
      <form
        noValidate
        className="stack"
        onSubmit={(event) => {
          event.preventDefault();
          if (isSure) submit();
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
        <Refusal of={remove} />
        <div className="row">
          <Button type="submit" color="red" disabled={!isSure} loading={remove.isPending}>
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
