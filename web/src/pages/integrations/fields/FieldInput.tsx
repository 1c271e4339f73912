import { Select, Switch, Textarea, TextInput } from '@mantine/core';
import type { UseFormReturnType } from '@mantine/form';
import type { FocusEvent, ReactNode } from 'react';
import { Said } from '../../../parts/Said';
import type { Field } from '../connectors/connector';
import { isMask } from '../form/checks';
import type { Values } from '../form/values';
import { fieldProblem } from './checks';
import { SecretField } from './SecretField';

interface FieldInputProps {
  field: Field;
  form: UseFormReturnType<Values>;
  /** What is stored of an integration that is edited. */
  stored: unknown;
}

/** A field of a connector's form, by its type. */
export function FieldInput({ field, form, stored }: FieldInputProps) {
  const path = `fields.${field.key}`;
  const value = form.values.fields[field.key];
  // What is wrong is said when one has left the field, and not while it is still being written. Who goes to a button is let
  // go: a line more would move it away from under the pointer, and the form says all that is wrong when it is sent.
  const leave = ({ relatedTarget }: FocusEvent) => {
    if (value !== '' && !(relatedTarget instanceof HTMLButtonElement))
      form.setFieldError(path, fieldProblem(field, value));
  };
  const common = {
    label: field.label,
    description: field.help && ((<Said text={field.help} noLinks />) as ReactNode),
    required: field.required,
    ...(field.placeholder != null && { placeholder: field.placeholder }),
  };
  if (field.type === 'boolean')
    return <Switch {...common} required={false} {...form.getInputProps(path, { type: 'checkbox' })} />;
  const props = { ...form.getInputProps(path), onBlur: leave };
  if (field.type === 'choice')
    return (
      <Select
        {...common}
        data={field.choices ?? []}
        comboboxProps={{ shadow: 'md' }}
        clearable={!field.required && field.default == null}
        clearButtonProps={{ 'aria-label': `Clear: ${field.label}` }}
        {...props}
        value={typeof value === 'string' && value !== '' ? value : null}
        onChange={(next) => form.setFieldValue(path, next ?? '')}
      />
    );
  if (field.type === 'lines')
    return (
      <Textarea
        {...common}
        description={
          typeof value === 'string' && isMask(value)
            ? 'Stored. Leave the dots to keep it.'
            : common.description
        }
        minRows={3}
        maxRows={12}
        spellCheck={false}
        autoComplete="off"
        classNames={{ input: 'mono' }}
        {...props}
      />
    );
  if (field.secret && field.type !== 'number')
    return (
      <SecretField
        {...common}
        placeholder={field.placeholder ?? undefined}
        stored={typeof stored === 'string' && isMask(stored) ? stored : undefined}
        of={{
          value: typeof value === 'string' ? value : '',
          onChange: (next) => form.setFieldValue(path, next),
          onBlur: leave,
          error: props.error as ReactNode,
          'data-path': path,
        }}
      />
    );
  const isCode = field.type === 'url' || (field.type === 'text' && field.pattern != null);
  return (
    <TextInput
      {...common}
      type={field.type === 'url' ? 'url' : 'text'}
      inputMode={MODES[field.type] ?? 'text'}
      autoComplete="off"
      spellCheck={false}
      {...(field.type === 'number' && { styles: { wrapper: { maxWidth: 220 } } })}
      {...(isCode && { classNames: { input: 'mono' } })}
      {...props}
    />
  );
}

const MODES: Record<string, 'url' | 'email' | 'numeric'> = {
  url: 'url',
  email: 'email',
  emails: 'email',
  number: 'numeric',
};
