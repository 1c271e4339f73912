import { Button, Tooltip } from '@mantine/core';
import { useClipboard } from '@mantine/hooks';
import { Check, Terminal } from 'lucide-react';
import { told } from '../../parts/notify';
import { BODY_FILE, curl, needsFile } from './curl';
import type { Attempt } from './DeliveryDetail';

/** The request as a command for a shell; says what a receiver may have against it. */
export function CopyCurl({ attempt, body = '' }: { attempt: Attempt | undefined; body: string | undefined }) {
  const clipboard = useClipboard();
  if (!attempt) return null;
  const copy = () => {
    clipboard.copy(curl({ method: 'POST', url: attempt.url, headers: attempt.requestHeaders, body }));
    const file = needsFile(body) ? ` It reads the body from ${BODY_FILE}: download it below.` : '';
    told(`Copied. Receivers refuse a signature that is older than five minutes.${file}`);
  };
  return (
    <Tooltip
      label="Signatures expire: receivers refuse one that is older than five minutes"
      multiline
      w={240}
    >
      <Button
        size="xs"
        px={10}
        variant="default"
        leftSection={clipboard.copied ? <Check size={14} aria-hidden /> : <Terminal size={14} aria-hidden />}
        onClick={copy}
      >
        Copy as cURL
      </Button>
    </Tooltip>
  );
}
