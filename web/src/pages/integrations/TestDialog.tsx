import { Button, Modal } from '@mantine/core';
import { Send } from 'lucide-react';
import { useEffect, useRef } from 'react';
import type { IntegrationView } from './standing';
import { TestAnswer, useTest } from './TestAnswer';

/** Sends a test as it opens, and shows the answer. */
export function TestDialog({ of, close }: { of: IntegrationView; close: () => void }) {
  const test = useTest();
  const sent = useRef(false);
  const send = () => test.mutate({ params: { path: { id: of.id } } });
  useEffect(() => {
    if (sent.current) return;
    sent.current = true;
    send();
    // Once, when it opens.
  }, []);
  return (
    <Modal
      opened
      onClose={close}
      title={`Test of ${of.name}`}
      styles={{ title: { fontWeight: 600, overflowWrap: 'anywhere' } }}
      closeButtonProps={{ 'aria-label': 'Close' }}
    >
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
