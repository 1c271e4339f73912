import { Button, Modal } from '@mantine/core';
import { Send } from 'lucide-react';
import { useEffect } from 'react';
import type { IntegrationView } from './standing';
import { TestAnswer, useTest } from './TestAnswer';

/** Sends a test as it opens, and shows the answer. */
export function TestDialog({ of, close }: { of: IntegrationView; close: () => void }) {
  const test = useTest();
  const send = () => test.mutate({ params: { path: { id: of.id } } });
  // Once, when it opens.
  useEffect(send, []);
  return (
    <Modal opened onClose={close} title={`Test of ${of.name}`}>
      <div className="stack">
        <div className="mono dimmed" style={{ overflowWrap: 'anywhere' }}>
          POST {of.config.url}
        </div>
        <TestAnswer of={test} />
        <div className="row" style={{ justifyContent: 'flex-end' }}>
          <Button
            variant="default"
            leftSection={<Send size={14} aria-hidden />}
            loading={test.isPending}
            onClick={send}
          >
            Send again
          </Button>
          <Button onClick={close}>Done</Button>
        </div>
      </div>
    </Modal>
  );
}
