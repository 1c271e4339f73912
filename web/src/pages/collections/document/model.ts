/** A collection's document, as Postman's v2.1 has it. Much may be missing and more may be there: readers take what they find. */
export interface Doc {
  info: { name?: string; description?: Described; _postman_id?: string; [more: string]: unknown };
  item: Item[];
  event?: Script[];
  auth?: Auth | null;
  variable?: Pair[];
  [more: string]: unknown;
}

/** A folder has `item`, a request has `request`. */
export interface Item {
  id?: string;
  name?: string;
  description?: Described;
  item?: Item[];
  request?: RequestPart | string;
  response?: Example[];
  event?: Script[];
  auth?: Auth | null;
  variable?: Pair[];
  [more: string]: unknown;
}

export type Described = string | { content?: string; type?: string } | null;

export interface RequestPart {
  method?: string;
  url?: Url | string;
  header?: Pair[] | string | null;
  body?: Body | null;
  auth?: Auth | null;
  description?: Described;
  [more: string]: unknown;
}

export interface Url {
  raw?: string;
  query?: Pair[];
  variable?: Pair[];
  [more: string]: unknown;
}

export interface Pair {
  key?: string | null;
  value?: unknown;
  description?: Described;
  disabled?: boolean;
  type?: string;
  [more: string]: unknown;
}

export interface Body {
  mode?: string;
  raw?: string;
  urlencoded?: Pair[] | string;
  formdata?: Pair[];
  graphql?: { query?: string; variables?: string };
  file?: { src?: string };
  options?: { raw?: { language?: string } };
  [more: string]: unknown;
}

export interface Auth {
  type?: string;
  [more: string]: unknown;
}

export interface Script {
  listen?: string;
  disabled?: boolean;
  script?: { exec?: string[] | string; type?: string; [more: string]: unknown };
  [more: string]: unknown;
}

/** A saved response. */
export interface Example {
  id?: string;
  name?: string;
  originalRequest?: RequestPart | string;
  status?: string;
  code?: number;
  header?: Pair[] | string | null;
  body?: string | null;
  [more: string]: unknown;
}

export const isFolder = (item: Item): boolean => Array.isArray(item.item);
export const nameOf = (item: Item): string => text(item.name) || (isFolder(item) ? 'Folder' : 'Request');
export const text = (value: unknown): string => (typeof value === 'string' ? value : '');
const list = <T>(value: T[] | unknown): T[] => (Array.isArray(value) ? (value as T[]) : []);

export const described = (value: unknown): string =>
  typeof value === 'string' ? value : text((value as { content?: unknown } | null | undefined)?.content);

/** A value as people write it: a text as it is, anything else as JSON. */
export const valueOf = (value: unknown): string =>
  typeof value === 'string' ? value : value == null ? '' : JSON.stringify(value);

export const requestOf = (part: RequestPart | string | undefined | null): RequestPart =>
  typeof part === 'string' ? { method: 'GET', url: part } : (part ?? {});

export const methodOf = (part: RequestPart | string | undefined): string =>
  text(requestOf(part).method) || 'GET';

export const urlOf = (part: RequestPart | string | undefined): string => {
  const { url } = requestOf(part);
  if (typeof url !== 'object' || url === null) return text(url);
  if (typeof url.raw === 'string') return url.raw;
  const host = Array.isArray(url.host) ? url.host.join('.') : text(url.host);
  const path = Array.isArray(url.path) ? url.path.map(valueOf).join('/') : text(url.path);
  return [url.protocol ? `${valueOf(url.protocol)}://` : '', host, path ? `/${path}` : ''].join('');
};

export const urlPartsOf = (part: RequestPart | string | undefined): { query: Pair[]; variable: Pair[] } => {
  const { url } = requestOf(part);
  if (typeof url !== 'object' || url === null) return { query: [], variable: [] };
  return { query: list<Pair>(url.query), variable: list<Pair>(url.variable) };
};

export const headersOf = (headers: Pair[] | string | null | undefined): Pair[] => {
  if (typeof headers !== 'string') return list<Pair>(headers);
  return headers
    .split(/\r?\n/)
    .filter((line) => line.includes(':'))
    .map((line) => {
      const at = line.indexOf(':');
      return { key: line.slice(0, at).trim(), value: line.slice(at + 1).trim() };
    });
};

/** The script that listens to `prerequest` or `test`. */
export function scriptOf(item: { event?: unknown }, listen: string): string {
  const event = list<Script>(item.event).find((it) => it?.listen === listen);
  const exec = event?.script?.exec;
  return Array.isArray(exec) ? exec.map(valueOf).join('\n') : text(exec);
}

export const examplesOf = (item: Item): Example[] =>
  list<Example>(item.response).filter((it) => it && typeof it === 'object');

export const childrenOf = (item: { item?: unknown }): Item[] => list<Item>(item.item);

/** Where an item lies: itself, the folders that it lies in, and the example that was asked for by its id. */
export interface Found {
  item: Item;
  folders: Item[];
  example?: Example;
}

export function find(doc: Doc, id: string): Found | undefined {
  const look = (items: Item[], folders: Item[]): Found | undefined => {
    for (const item of items) {
      if (item.id === id) return { item, folders };
      const example = item.response && examplesOf(item).find((it) => it.id === id);
      if (example) return { item, folders, example };
      const deeper = isFolder(item) && look(childrenOf(item), [...folders, item]);
      if (deeper) return deeper;
    }
    return undefined;
  };
  return look(childrenOf(doc), []);
}

export function countRequests(items: Item[]): number {
  return items.reduce((sum, it) => sum + (isFolder(it) ? countRequests(childrenOf(it)) : 1), 0);
}
