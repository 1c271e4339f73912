import { Button, Modal } from '@mantine/core';
import { Send } from 'lucide-react';
import { useEffect } from 'react';
import { useConnectorOf } from '../../parts/useConnectors';
import { isWebhook, placeOf, type IntegrationView } from './standing';
import { TestAnswer, useTest } from './TestAnswer';

/** Sends a test as it opens, and shows the answer. */
export function TestDialog({ of, close }: { of: IntegrationView; close: () => void }) {
  const test = useTest();
  const send = () => test.mutate({ params: { path: { id: of.id } } });
  const connector = useConnectorOf()(of.connector);
  // Once, when it opens.
  useEffect(send, []);
  return (
    <Modal opened onClose={close} title={`Test of ${of.name}`} size="lg">
      <div className="stack">
        <div className="mono dimmed" style={{ overflowWrap: 'anywhere' }}>
          {isWebhook(of) ? `POST ${of.config.url}` : placeOf(of)}
        </div>
        <TestAnswer of={test} {...(!isWebhook(of) && { connector: connector?.name ?? of.connector })} />
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
