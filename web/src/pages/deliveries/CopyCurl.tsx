import { Button, Tooltip } from '@mantine/core';
import { useClipboard } from '@mantine/hooks';
import { Check, Terminal } from 'lucide-react';
import { told } from '../../parts/notify';
import { BODY_FILE, curl, needsFile } from './curl';
import { isHttp, type Sent } from './sent';

interface CopyCurlProps {
  sent: Sent | undefined;
  body: string | undefined;
}

/** The request as a command for a shell; says what a receiver may have against it. */
export function CopyCurl({ sent, body = '' }: CopyCurlProps) {
  const clipboard = useClipboard();
  if (!sent || !isHttp(sent)) return null;
  const isStep = sent.requestBody !== undefined;
  const copy = () => {
    clipboard.copy(curl({ method: sent.method, url: sent.url, headers: sent.requestHeaders, body }));
    const file = needsFile(body) ? ` It reads the body from ${BODY_FILE}: download it below.` : '';
    told(`Copied. ${isStep ? MASKED : SIGNED}.${file}`);
  };
  return (
    <Tooltip label={isStep ? MASKED : `Signatures expire: ${lower(SIGNED)}`} multiline w={240}>
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

const SIGNED = 'Receivers refuse a signature that is older than five minutes';
const MASKED = 'Secrets stand as dots in it: put yours in their place';

const lower = (text: string) => text.charAt(0).toLowerCase() + text.slice(1);
