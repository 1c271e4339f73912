import { ActionIcon, Button, Input, TextInput } from '@mantine/core';
import type { UseFormReturnType } from '@mantine/form';
import { Plus, X } from 'lucide-react';
import { isMask } from './checks';
import type { Values } from './values';

const MOST = 50;

/** Headers of one's own. Stored values are shown as dots. */
export function Headers({ form }: { form: UseFormReturnType<Values> }) {
  const { headers } = form.values;
  const masked = headers.some(({ value }) => isMask(value));
  return (
    <Input.Wrapper
      size="sm"
      labelElement="div"
      label="Headers"
      description={masked ? 'Values are stored. Leave the dots to keep one.' : 'Sent with each request'}
    >
      <div className="stack" style={{ gap: 8, marginTop: 8 }}>
        {headers.map((_, at) => (
          <div key={at} className="row" style={{ alignItems: 'flex-start' }}>
            <TextInput
              style={{ flex: 2, minWidth: 0 }}
              placeholder="X-Team"
              aria-label={`Name of header ${at + 1}`}
              classNames={{ input: 'mono' }}
              autoComplete="off"
              spellCheck={false}
              {...form.getInputProps(`headers.${at}.name`)}
            />
            <TextInput
              style={{ flex: 3, minWidth: 0 }}
              placeholder="Value"
              aria-label={`Value of header ${at + 1}`}
              classNames={{ input: 'mono' }}
              autoComplete="off"
              spellCheck={false}
              {...form.getInputProps(`headers.${at}.value`)}
            />
            <ActionIcon
              size={36}
              aria-label={`Remove header ${at + 1}`}
              onClick={() => form.removeListItem('headers', at)}
            >
              <X size={15} aria-hidden />
            </ActionIcon>
          </div>
        ))}
        <div>
          <Button
            size="xs"
            variant="default"
            leftSection={<Plus size={14} aria-hidden />}
            disabled={headers.length >= MOST}
            onClick={() => form.insertListItem('headers', { name: '', value: '' })}
          >
            Add header
          </Button>
        </div>
      </div>
    </Input.Wrapper>
  );
}
