import { Radio, TextInput } from '@mantine/core';
import type { UseFormReturnType } from '@mantine/form';
import type { Values } from './values';

/** Which runs of a monitor are told. */
export function Notify({ form }: { form: UseFormReturnType<Values> }) {
  return (
    <div>
      <Radio.Group label="When to send" {...form.getInputProps('notify')}>
        <div className="stack" style={{ gap: 10, marginTop: 8 }}>
          <Radio value="every_run" label="After every run" />
          <Radio
            value="each"
            label="After each failure, and the first success after them"
            description="A message for every run that fails, and one when it is well again"
          />
          <Radio
            value="three"
            label="After three failures, and for the first success after them"
            description="Two messages an incident: one when it breaks, one when it is well again"
          />
          <Radio value="custom" label="As I say" />
        </div>
      </Radio.Group>
      {form.values.notify === 'custom' && (
        <div className="row wrap" style={{ alignItems: 'flex-start', marginTop: 10, paddingLeft: 30 }}>
          <TextInput
            w={200}
            inputMode="numeric"
            label="From which failure in a row"
            {...form.getInputProps('from')}
          />
          <TextInput
            w={200}
            inputMode="numeric"
            label="How many of a streak"
            placeholder="All"
            {...form.getInputProps('limit')}
          />
          <div className="field-note" style={{ flexBasis: '100%' }} aria-live="polite">
            {said(form.values)}
          </div>
        </div>
      )}
    </div>
  );
}

/** The numbers in a sentence. */
function said({ from, limit }: Values): string {
  const first = Number(from);
  if (!first) return '';
  const which =
    limit === ''
      ? `From failure ${first} on, each one is told`
      : Number(limit) === 1
        ? `Failure ${first} of a streak is told`
        : `Failures ${first} to ${first + Number(limit) - 1} of a streak are told`;
  return `${which}, and then the first success.`;
}
