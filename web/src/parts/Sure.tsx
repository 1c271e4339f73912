import { Button, Modal, TextInput } from '@mantine/core';
import { useState, type ReactNode } from 'react';
import { Refusal } from './States';

interface SureProps {
  /** The question: "Delete Checkout API?" */
  title: string;
  /** What comes of it. */
  children: ReactNode;
  /** What the button says. */
  action: string;
  /** What has to be typed first, where much would be lost. */
  typed?: string;
  of: { error: unknown; isPending: boolean };
  confirm: () => void;
  close: () => void;
}

/** Asks before something that can't be taken back. */
export function Sure({ title, children, action, typed, of, confirm, close }: SureProps) {
  const [text, write] = useState('');
  const isReady = !typed || text.trim() === typed.trim();
  return (
    <Modal opened onClose={close} title={title}>
      <form
        className="stack"
        noValidate
        onSubmit={(event) => {
          event.preventDefault();
          if (isReady) confirm();
        }}
      >
        <div style={{ overflowWrap: 'anywhere' }}>{children}</div>
        {typed && (
          <TextInput
            label={
              <>
                Type{' '}
                <bdi className="mono" style={{ overflowWrap: 'anywhere' }}>
                  {typed}
                </bdi>{' '}
                to go on
              </>
            }
            value={text}
            onChange={(event) => write(event.currentTarget.value)}
            autoComplete="off"
            data-autofocus
          />
        )}
        <Refusal of={of} />
        <div className="row wrap" style={{ justifyContent: 'flex-end' }}>
          <Button variant="default" onClick={close}>
            Cancel
          </Button>
          <Button
            type="submit"
            color="red"
            loading={of.isPending}
            disabled={!isReady}
            data-autofocus={!typed || undefined}
          >
            {action}
          </Button>
        </div>
      </form>
    </Modal>
  );
}
