import { text, valueOf, type Pair, type Url } from './model';

/** The query of an address as pairs. What is switched off, descriptions and unknown fields are taken from the pairs before. */
export function queryOf(raw: string, before: Pair[]): Pair[] {
  const { query } = cut(raw);
  const off = before.filter((pair) => pair.disabled);
  const on = before.filter((pair) => !pair.disabled);
  if (query === undefined) return off;
  const found = query.split('&').map((part, at): Pair => {
    const eq = part.indexOf('=');
    const key = eq < 0 ? part : part.slice(0, eq);
    const value = eq < 0 ? null : part.slice(eq + 1);
    const same = on.find((pair) => pair.key === key) ?? on[at];
    return { ...same, key, value };
  });
  return [...found, ...off];
}

/** The address with these pairs as its query. */
export function withQuery(raw: string, pairs: Pair[]): string {
  const { before, fragment } = cut(raw);
  const parts = pairs
    .filter((pair) => !pair.disabled && (pair.key || pair.value != null))
    .map((pair) => (pair.value == null ? text(pair.key) : `${text(pair.key)}=${valueOf(pair.value)}`));
  return before + (parts.length > 0 ? `?${parts.join('&')}` : '') + fragment;
}

/** The `:names` in the path of an address, in their order. */
export function pathNames(raw: string): string[] {
  const path = cut(raw).before.replace(/^[a-z][a-z0-9+.-]*:\/\//i, '');
  return path
    .split('/')
    .slice(1)
    .filter((part) => /^:[^:/]+$/.test(part))
    .map((part) => part.slice(1));
}

/** The parts of an address as v2.1 writes them; what it doesn't know of the address before stays. */
export function urlPart(before: Url | undefined, raw: string, query: Pair[], variable: Pair[]): Url {
  const { before: whole } = cut(raw);
  const scheme = /^([a-z][a-z0-9+.-]*):\/\//i.exec(whole);
  const rest = scheme ? whole.slice(scheme[0].length) : whole;
  const [authority = '', ...path] = rest.split('/');
  const port = /:(\d+|\{\{[^{}]+\}\})$/.exec(authority);
  const host = port ? authority.slice(0, port.index) : authority;
  const fragment = cut(raw).fragment.slice(1);
  const next: Url = { ...before, raw };
  set(next, 'protocol', scheme?.[1]);
  set(next, 'host', host ? (host.includes('{{') ? [host] : host.split('.')) : undefined);
  set(next, 'port', port?.[1]);
  set(next, 'path', path.length > 0 ? path : undefined);
  set(next, 'hash', fragment || undefined);
  set(next, 'query', query.length > 0 ? query : undefined);
  set(next, 'variable', variable.length > 0 ? variable : undefined);
  return next;
}

function set(url: Url, name: string, value: unknown) {
  if (value === undefined) delete url[name];
  else url[name] = value;
}

function cut(raw: string): { before: string; query: string | undefined; fragment: string } {
  const hash = raw.indexOf('#');
  const whole = hash < 0 ? raw : raw.slice(0, hash);
  const mark = whole.indexOf('?');
  return {
    before: mark < 0 ? whole : whole.slice(0, mark),
    query: mark < 0 ? undefined : whole.slice(mark + 1),
    fragment: hash < 0 ? '' : raw.slice(hash),
  };
}
