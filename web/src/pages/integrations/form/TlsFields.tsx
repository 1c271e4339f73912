import { Textarea } from '@mantine/core';
import type { UseFormReturnType } from '@mantine/form';
import { isMask } from './checks';
import type { Values } from './values';

const PEM = '-----BEGIN CERTIFICATE-----';

/** Certificates of the receiver, and ours. */
export function TlsFields({ form }: { form: UseFormReturnType<Values> }) {
  const field = (name: 'ca' | 'certificate' | 'key', label: string, description: string) => (
    <Textarea
      label={label}
      description={isMask(form.values.tls[name]) ? 'Stored. Leave the dots to keep it.' : description}
      placeholder={name === 'key' ? '-----BEGIN PRIVATE KEY-----' : PEM}
      minRows={2}
      maxRows={8}
      spellCheck={false}
      autoComplete="off"
      classNames={{ input: 'mono' }}
      {...form.getInputProps(`tls.${name}`)}
    />
  );
  return (
    <>
      {field('ca', 'Certificate authority', 'Believed besides those of the system (PEM)')}
      {field('certificate', 'Client certificate', 'Shown to a receiver that asks who we are (PEM)')}
      {field('key', 'Client key', 'The key to it, not encrypted (PEM)')}
    </>
  );
}
