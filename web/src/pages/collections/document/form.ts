import {
  described,
  headersOf,
  isFolder,
  methodOf,
  requestOf,
  scriptOf,
  text,
  urlOf,
  urlPartsOf,
  type Auth,
  type Body,
  type Described,
  type Doc,
  type Item,
  type Pair,
  type Script,
  type Url,
} from './model';
import { urlPart } from './url';

/** An item, or the collection itself, as a form has it. */
export interface Form {
  name: string;
  description: string;
  method: string;
  url: string;
  query: Pair[];
  pathVariables: Pair[];
  headers: Pair[];
  mode: string;
  raw: string;
  language: string;
  urlencoded: Pair[];
  formdata: Pair[];
  graphqlQuery: string;
  graphqlVariables: string;
  /** As JSON; empty: taken from above. */
  auth: string;
  prerequest: string;
  test: string;
  variables: Pair[];
}

export function formOfItem(item: Item): Form {
  const folder = isFolder(item);
  const request = requestOf(item.request);
  const body: Body = request.body ?? {};
  const { query, variable } = urlPartsOf(item.request);
  return {
    name: text(item.name),
    description: described(folder ? item.description : (request.description ?? item.description)),
    method: methodOf(item.request),
    url: urlOf(item.request),
    query,
    pathVariables: variable,
    headers: headersOf(request.header),
    mode: text(body.mode),
    raw: text(body.raw),
    language: text(body.options?.raw?.language) || 'text',
    urlencoded: Array.isArray(body.urlencoded) ? body.urlencoded : [],
    formdata: Array.isArray(body.formdata) ? body.formdata : [],
    graphqlQuery: text(body.graphql?.query),
    graphqlVariables: text(body.graphql?.variables),
    auth: authText(folder ? item.auth : (request.auth ?? item.auth)),
    prerequest: scriptOf(item, 'prerequest'),
    test: scriptOf(item, 'test'),
    variables: Array.isArray(item.variable) ? item.variable : [],
  };
}

export const formOfDoc = (doc: Doc): Form => ({
  ...formOfItem({ ...doc, item: [] } as Item),
  name: text(doc.info?.name),
  description: described(doc.info?.description),
});

/** The item as the form has it. What was not touched stays as it stood, also where it was written in another way. */
export function itemOfForm(item: Item, form: Form): Item {
  const touched = touchedIn(formOfItem(item), form);
  const next: Item = { ...item };
  if (touched.has('name')) next.name = form.name;
  writeScripts(next, form, touched);
  if (touched.has('variables')) put(next, 'variable', form.variables);
  if (isFolder(item)) {
    if (touched.has('description')) next.description = rewritten(item.description, form.description);
    if (touched.has('auth')) put(next, 'auth', authOf(form.auth));
    return next;
  }
  const request = { ...requestOf(item.request) };
  let changed = false;
  const change = (...names: (keyof Form)[]) => {
    const is = names.some((name) => touched.has(name));
    changed ||= is;
    return is;
  };
  if (change('description')) request.description = rewritten(request.description, form.description);
  if (change('method')) request.method = form.method;
  if (change('url', 'query', 'pathVariables')) {
    const before: Url | undefined = typeof request.url === 'object' ? (request.url ?? undefined) : undefined;
    request.url = urlPart(before, form.url, form.query, form.pathVariables);
  }
  if (change('headers')) request.header = form.headers;
  if (change('auth')) put(request, 'auth', authOf(form.auth));
  if (change(...BODY)) put(request, 'body', bodyOf(request.body ?? undefined, form, touched));
  if (changed) next.request = request;
  return next;
}

export function docOfForm(doc: Doc, form: Form): Doc {
  const touched = touchedIn(formOfDoc(doc), form);
  const next: Doc = { ...doc };
  if (touched.has('name')) next.info = { ...next.info, name: form.name };
  if (touched.has('description'))
    next.info = { ...next.info, description: rewritten(doc.info.description, form.description) };
  if (touched.has('auth')) put(next, 'auth', authOf(form.auth));
  if (touched.has('variables')) put(next, 'variable', form.variables);
  writeScripts(next, form, touched);
  return next;
}

/** Which fields of a form are not what they were. */
export function touchedIn(before: Form, now: Form): Set<keyof Form> {
  const names = Object.keys(before) as (keyof Form)[];
  return new Set(names.filter((name) => JSON.stringify(before[name]) !== JSON.stringify(now[name])));
}

/** These are one thing: an address from one and parameters from another would not fit. */
const ADDRESS: (keyof Form)[] = ['url', 'query', 'pathVariables'];

/** What somebody changed from `before` to `now`, on top of what others have made of it meanwhile. */
export function rebased(before: Form, now: Form, latest: Form): Form {
  const touched = touchedIn(before, now);
  if (ADDRESS.some((name) => touched.has(name))) for (const name of ADDRESS) touched.add(name);
  const mine = [...touched].map((name) => [name, now[name]]);
  return { ...latest, ...(Object.fromEntries(mine) as Partial<Form>) };
}

const BODY: (keyof Form)[] = [
  'mode',
  'raw',
  'language',
  'urlencoded',
  'formdata',
  'graphqlQuery',
  'graphqlVariables',
];

function bodyOf(before: Body | undefined, form: Form, touched: Set<keyof Form>): Body | undefined {
  if (form.mode === '') return undefined;
  const body: Body = { ...before, mode: form.mode };
  if (touched.has('raw') || (form.mode === 'raw' && body.raw === undefined)) body.raw = form.raw;
  if (touched.has('language'))
    body.options = { ...body.options, raw: { ...body.options?.raw, language: form.language } };
  if (touched.has('urlencoded')) body.urlencoded = form.urlencoded;
  if (touched.has('formdata')) body.formdata = form.formdata;
  if (touched.has('graphqlQuery') || touched.has('graphqlVariables'))
    body.graphql = { ...body.graphql, query: form.graphqlQuery, variables: form.graphqlVariables };
  return body;
}

function writeScripts(next: Item | Doc, form: Form, touched: Set<keyof Form>) {
  for (const listen of ['prerequest', 'test'] as const) {
    if (!touched.has(listen)) continue;
    const events: Script[] = Array.isArray(next.event) ? next.event : [];
    const at = events.findIndex((it) => it.listen === listen);
    const before = events[at];
    const exec = form[listen].split('\n');
    const made: Script = {
      ...before,
      listen,
      script: { type: 'text/javascript', ...before?.script, exec },
    };
    const rest = at < 0 ? [...events, made] : events.with(at, made);
    const kept = form[listen].trim() === '' ? rest.filter((it) => it !== made) : rest;
    put(next, 'event', kept.length > 0 ? kept : undefined);
  }
}

/** A description keeps its shape: one that names its type stays an object. */
const rewritten = (before: Described | undefined, now: string): Described =>
  before && typeof before === 'object' ? { ...before, content: now } : now;

function put(target: Record<string, unknown>, name: string, value: unknown) {
  if (value === undefined) delete target[name];
  else target[name] = value;
}

const authText = (auth: Auth | null | undefined): string => (auth ? JSON.stringify(auth, null, 2) : '');
const authOf = (written: string): Auth | undefined =>
  written.trim() === '' ? undefined : (JSON.parse(written) as Auth);

/** What is wrong with the form, by field; nothing if it may be saved. */
export function faultsOf(form: Form): Partial<Record<keyof Form, string>> {
  const faults: Partial<Record<keyof Form, string>> = {};
  if (form.name.trim() === '') faults.name = 'A name';
  else if ([...form.name].length > 255) faults.name = 'At most 255 characters';
  if (form.auth.trim() !== '') {
    try {
      const auth: unknown = JSON.parse(form.auth);
      if (typeof auth !== 'object' || auth === null || Array.isArray(auth))
        faults.auth = 'An object with a type, such as {"type": "bearer", …}';
    } catch {
      faults.auth = 'This is not JSON yet';
    }
  }
  return faults;
}
