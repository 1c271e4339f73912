import { Button, Modal } from '@mantine/core';
import type { FormEvent, ReactNode } from 'react';
import { Refusal } from './States';

interface FormDialogProps {
  title: string;
  /** What the button says that sends it. */
  action: string;
  /** What it is sent by, if it goes to the server: a refusal is shown above the button. */
  of?: { error: unknown; isPending: boolean };
  submit: (event: FormEvent<HTMLFormElement>) => void;
  close: () => void;
  size?: 'lg';
  /** The fields. */
  children: ReactNode;
}

/** A form in a dialog, with the button that sends it and the one that doesn't. */
export const FormDialog = ({ title, action, of, submit, close, size, children }: FormDialogProps) => (
  <Modal opened onClose={close} title={title} {...(size && { size })}>
    <form className="stack" noValidate onSubmit={submit}>
      {children}
      {of && <Refusal of={of} />}
      <div className="row" style={{ justifyContent: 'flex-end' }}>
        <Button variant="default" onClick={close}>
          Cancel
        </Button>
        <Button type="submit" loading={of?.isPending ?? false}>
          {action}
        </Button>
      </div>
    </form>
  </Modal>
);
