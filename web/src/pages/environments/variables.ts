import type { Shape } from '../../api/client';

export type Variable = Shape['VariableView'];

/** What stands for a secret value: sent back, it keeps the value that is stored. */
export const MASK = '••••••••';

/** A variable as it is edited. */
export interface Row {
  /** Tells rows apart while they are moved. */
  id: number;
  key: string;
  value: string;
  secret: boolean;
  enabled: boolean;
  /** As it came: what this page doesn't know goes back as it was. */
  origin?: Variable;
}

let count = 0;
export const emptyRow = (more: Partial<Row> = {}): Row => ({
  id: (count += 1),
  key: '',
  value: '',
  secret: false,
  enabled: true,
  ...more,
});

export const rowsOf = (values: Variable[]): Row[] =>
  values.map((origin) =>
    emptyRow({
      key: origin.key,
      value: origin.value,
      secret: origin.type === 'secret',
      enabled: origin.enabled !== false,
      origin,
    }),
  );

/** What is sent: without rows in which nothing stands. */
export const valuesOf = (rows: Row[]): Variable[] =>
  rows
    .filter((row) => row.key.trim() !== '' || row.value !== '')
    .map(({ key, value, secret, enabled, origin }) => ({
      ...origin,
      key: key.trim(),
      value,
      type: secret ? 'secret' : origin?.type && origin.type !== 'secret' ? origin.type : 'default',
      enabled,
    }));

export const areSame = (one: Variable[], other: Variable[]): boolean => plain(one) === plain(other);

const plain = (values: Variable[]) =>
  JSON.stringify(
    values.map(({ key, value, type, enabled }) => [key, value, type ?? 'default', enabled ?? true]),
  );

/** Another kind for a row. A value that is stored as a secret doesn't become readable: it has to be written anew. */
export const withSecret = (row: Row, secret: boolean): Row => ({
  ...row,
  secret,
  value: !secret && row.value === MASK ? '' : row.value,
});

/** Keys that hold and stand more than once. */
export function twice(rows: Row[]): Set<string> {
  const seen = new Set<string>();
  const more = new Set<string>();
  for (const { key, enabled } of rows) {
    const name = key.trim();
    if (!enabled || !name) continue;
    if (seen.has(name)) more.add(name);
    seen.add(name);
  }
  return more;
}

export interface Fault {
  at: 'key' | 'value';
  text: string;
  /** It can be saved nevertheless. */
  isMild?: boolean;
}

/** What is wrong with a row, in words. */
export function faultOf(row: Row, double: Set<string>, isChecked = true): Fault | undefined {
  const key = row.key.trim();
  if (isChecked && key === '' && row.value !== '') return { at: 'key', text: 'Needs a key' };
  if (row.secret && row.value === MASK && row.origin?.key !== key)
    return { at: 'value', text: 'Write the value again: it is kept under the old key' };
  if (double.has(key)) return { at: 'key', text: 'There is another of this name', isMild: true };
  return undefined;
}

/** The row one place on. */
export function moved(rows: Row[], id: number, by: -1 | 1): Row[] {
  const at = rows.findIndex((row) => row.id === id);
  const to = at + by;
  if (at < 0 || to < 0 || to >= rows.length) return rows;
  const next = [...rows];
  [next[at], next[to]] = [next[to]!, next[at]!];
  return next;
}

/** `KEY=value` and `key: value` lines as they stand in `.env` files and notes; nothing if these are not such lines. */
export function parseLines(text: string): { key: string; value: string; enabled: boolean }[] | undefined {
  const found = [];
  for (const raw of text.split(/\r?\n/)) {
    const line = raw.trim();
    if (line === '') continue;
    const match = /^(#|\/\/)?\s*(?:export\s+)?([^\s=:#]+)\s*(?:=|:(?=\s|$))\s*(.*)$/.exec(line);
    if (match) found.push({ key: match[2]!, value: unquoted(match[3]!), enabled: match[1] === undefined });
    else if (!line.startsWith('#') && !line.startsWith('//')) return undefined;
  }
  return found.length > 0 ? found : undefined;
}

function unquoted(text: string): string {
  const match = /^(["'])(.*)\1$/.exec(text);
  if (!match) return text;
  return match[1] === '"' ? match[2]!.replaceAll('\\n', '\n').replaceAll('\\"', '"') : match[2]!;
}

/** Puts pasted lines among the rows: what has such a key takes the value, the rest comes behind. */
export function withLines(rows: Row[], lines: { key: string; value: string; enabled: boolean }[]): Row[] {
  const next = rows.filter((row) => row.key.trim() !== '' || row.value !== '');
  for (const line of lines) {
    const at = next.findIndex((row) => row.key.trim() === line.key);
    if (at < 0) next.push(emptyRow(line));
    else next[at] = { ...next[at]!, ...line };
  }
  return next;
}

/** A file that Postman and Postern read. Secret values are not in it: nobody gets them to see. */
export const fileOf = (name: string, values: Variable[], scope: 'environment' | 'globals') => ({
  name,
  values: values.map((variable) => (variable.value === MASK ? { ...variable, value: '' } : variable)),
  _postman_variable_scope: scope,
  _postman_exported_at: new Date().toISOString(),
  _postman_exported_using: 'Postern',
});
