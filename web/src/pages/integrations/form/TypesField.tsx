import { TagsInput } from '@mantine/core';
import type { UseFormReturnType } from '@mantine/form';
import type { Values } from './values';

/** Which types of custom events are told. */
export function TypesField({ form }: { form: UseFormReturnType<Values> }) {
  return (
    <TagsInput
      size="sm"
      label="Types of events"
      description="Only types that fit one of these; * stands for any characters. None: all types."
      placeholder={form.values.types.length === 0 ? 'build.*' : undefined}
      {...form.getInputProps('types')}
    />
  );
}
