import type { Change, Entry } from './groups';

const FIELDS: Record<string, string> = {
  auth: 'auth',
  body: 'body',
  code: 'status code',
  description: 'description',
  event: 'scripts',
  'event.prerequest': 'pre-request script',
  'event.test': 'tests',
  header: 'headers',
  'info.description': 'description',
  'info.name': 'name',
  'item.order': 'order',
  name: 'name',
  originalRequest: 'its request',
  'request.auth': 'auth',
  'request.body': 'body',
  'request.body.raw': 'body',
  'request.description': 'description',
  'request.header': 'headers',
  'request.method': 'method',
  'request.url': 'address',
  'response.order': 'order of examples',
  status: 'status',
  variable: 'variables',
};

export const fieldWords = (path: string): string => FIELDS[path] ?? path;

const capital = (words: string) => words.charAt(0).toUpperCase() + words.slice(1);
const place = (path: string[] | null | undefined): string =>
  path && path.length > 0 ? path.join(' / ') : 'the top';
const listed = (words: string[]): string => [...new Set(words)].join(', ');

/** What happened to one thing: "Renamed Get cart to Get the cart". */
export function changeWords(change: Change): string {
  const { name, model } = change;
  switch (change.action) {
    case 'create':
      return `Added ${kind(model)} ${name}${change.path.length > 0 ? ` to ${place(change.path)}` : ''}`;
    case 'delete':
      return `Deleted ${kind(model)} ${name}`;
    case 'rename':
      return `Renamed ${change.oldName ?? ''} to ${name}`;
    case 'move':
      return `Moved ${name} from ${place(change.oldPath)} to ${place(change.path)}`;
    default: {
      const fields = change.fields.map((field) => field.path);
      if (fields.every((path) => path.endsWith('.order')))
        return model === 'collection'
          ? 'Put the top of the collection in another order'
          : `Put what is in ${name} in another order`;
      return `Changed ${listed(fields.map(fieldWords))} of ${name}`;
    }
  }
}

const COMING: Record<string, string> = {
  Added: 'Add',
  Changed: 'Change',
  Deleted: 'Delete',
  Moved: 'Move',
  Renamed: 'Rename',
};

/** What would happen: "Rename Get the cart to Get cart". */
export const comingWords = (change: Change): string =>
  changeWords(change).replace(/^\w+/, (verb) => COMING[verb] ?? verb);

/** The same for a line of the changelog, which knows less. */
export function entryWords(entry: Entry): string {
  const { modelName: name, model } = entry;
  switch (entry.action) {
    case 'create':
      return `Added ${kind(model)} ${name}`;
    case 'delete':
      return `Deleted ${kind(model)} ${name}`;
    case 'rename': {
      const old = / renamed the \w+ (.*) to (.*?)(?: in .*)?$/.exec(entry.message)?.[1];
      return old ? `Renamed ${old} to ${name}` : `Renamed ${name}`;
    }
    case 'move':
      return `Moved ${name}`;
    case 'update': {
      const fields = entry.fields.map(fieldWords);
      return fields.length > 0 ? `Changed ${listed(fields)} of ${name}` : `Changed ${name}`;
    }
    default:
      return capital(`${entry.action}d ${name}`.replace(/eed /, 'ed '));
  }
}

const KINDS: Record<string, string> = { response: 'example', collection: 'collection' };
const kind = (model: string) => KINDS[model] ?? model;

/** A value as text that can be compared line by line. */
export function valueText(value: unknown): string {
  if (value === undefined || value === null) return '';
  if (typeof value === 'string') return value;
  const lines = asLines(value);
  return lines ?? JSON.stringify(value, null, 2);
}

/** Headers, parameters and variables as people write them: a line each. */
function asLines(value: unknown): string | undefined {
  if (!Array.isArray(value) || value.length === 0) return undefined;
  const lines = value.map((it: unknown) => {
    if (typeof it !== 'object' || it === null) return undefined;
    const { key, value: of, disabled, ...rest } = it as Record<string, unknown>;
    const isPlain = Object.keys(rest).every((name) => name === 'type' || name === 'enabled');
    if (typeof key !== 'string' || typeof (of ?? '') !== 'string' || !isPlain) return undefined;
    return `${disabled ? '(off) ' : ''}${key}: ${(of as string | null) ?? ''}`;
  });
  return lines.every((line) => line !== undefined) ? lines.join('\n') : undefined;
}
