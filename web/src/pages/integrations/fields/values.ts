import type { Field } from '../connectors/connector';

/** What stands in a field: a switch is on or off, everything else is text. */
export type FieldValue = string | boolean;
export type FieldValues = Record<string, FieldValue>;

/** What the fields hold at first: what is stored, or else their defaults. */
export function startOf(fields: Field[], stored: Record<string, unknown> = {}): FieldValues {
  return Object.fromEntries(
    fields.map((field) => {
      const value = stored[field.key] ?? field.default;
      if (field.type === 'boolean') return [field.key, value === true];
      return [field.key, value == null ? '' : String(value as string | number)];
    }),
  );
}

/** What the API is told: what is empty is left out, and then is as the connector has it. */
export function writtenOf(fields: Field[], values: FieldValues): Record<string, unknown> {
  return Object.fromEntries(
    fields.flatMap((field): [string, unknown][] => {
      const value = values[field.key] ?? '';
      if (typeof value === 'boolean') return [[field.key, value]];
      const text = field.type === 'lines' ? value : value.trim();
      if (text === '') return [];
      return [[field.key, field.type === 'number' ? Number(text) : text]];
    }),
  );
}
