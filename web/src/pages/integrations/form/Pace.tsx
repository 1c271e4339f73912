import { Select, SimpleGrid, TextInput } from '@mantine/core';
import type { UseFormReturnType } from '@mantine/form';
import { DEFAULTS, type Values } from './values';
import { readWaits, spanOf } from './waits';

/** What waits for what, what is tried again, and how much at once. */
export function Pace({ form }: { form: UseFormReturnType<Values> }) {
  const { schedule, waits } = form.values;
  const read = readWaits(waits);
  return (
    <>
      <Select
        label="Order"
        data={[
          { value: 'none', label: 'Any order, the fastest' },
          { value: 'by_key', label: 'One at a time for each collection or monitor' },
          { value: 'strict', label: 'One at a time' },
        ]}
        {...form.getInputProps('order')}
      />
      <Select
        label="Retries"
        data={[
          { value: 'standard', label: 'Standard: 12 attempts in 3.2 days' },
          { value: 'own', label: 'A schedule of my own' },
          { value: 'once', label: 'None: one attempt' },
        ]}
        {...form.getInputProps('schedule')}
      />
      {schedule === 'own' && (
        <TextInput
          label="Pauses before each next attempt"
          description={
            'seconds' in read
              ? `${read.seconds.length + 1} attempts in ${spanOf(read.seconds)}`
              : 'Such as 5 s, 30 s, 2 min, 1 h'
          }
          {...form.getInputProps('waits')}
        />
      )}
      <SimpleGrid cols={{ base: 1, xs: 3 }} spacing={12}>
        <TextInput inputMode="numeric" label="Timeout in seconds" {...form.getInputProps('timeout')} />
        <TextInput
          inputMode="numeric"
          label="Requests at once"
          placeholder={String(DEFAULTS.concurrency)}
          {...form.getInputProps('concurrency')}
        />
        <TextInput
          inputMode="numeric"
          label="Most in a second"
          placeholder="No limit"
          {...form.getInputProps('rate')}
        />
      </SimpleGrid>
    </>
  );
}
