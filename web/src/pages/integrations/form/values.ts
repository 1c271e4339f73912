import type { Shape } from '../../../api/client';
import type { IntegrationView } from '../standing';
import { readWaits, writeWaits } from './waits';

/** The form's fields, flat enough for people. */
export interface Values {
  name: string;
  /** `all`, `workspace:<id>`, `collection:<uid>`, `monitor:<uid>`, or `kept` for a combination that only the API can make. */
  target: string;
  closedWorkspaces: boolean;
  url: string;
  notify: 'every_run' | 'three' | 'custom';
  from: number | string;
  limit: number | string;
  types: string[];
  actions: string[];
  models: string[];
  payload: string;
  headers: { name: string; value: string }[];
  auth: Auth;
  order: string;
  schedule: 'standard' | 'own' | 'once';
  waits: string;
  timeout: number | string;
  concurrency: number | string;
  rate: number | string;
  signatures: string[];
  tls: { ca: string; certificate: string; key: string };
}

interface Auth {
  type: 'none' | 'basic' | 'bearer' | 'oauth2';
  username: string;
  password: string;
  token: string;
  tokenUrl: string;
  clientId: string;
  clientSecret: string;
  scope: string;
  audience: string;
  clientAuthentication: string;
}

const NO_AUTH: Auth = {
  type: 'none',
  username: '',
  password: '',
  token: '',
  tokenUrl: '',
  clientId: '',
  clientSecret: '',
  scope: '',
  audience: '',
  clientAuthentication: 'header',
};

/** What the server takes where nothing is said. */
export const DEFAULTS = { timeout: 30, concurrency: 8 };

export const fresh = (): Values => ({
  name: '',
  target: 'all',
  closedWorkspaces: false,
  url: '',
  notify: 'every_run',
  from: 3,
  limit: 1,
  types: [],
  actions: [],
  models: [],
  payload: 'standard',
  headers: [],
  auth: NO_AUTH,
  order: 'none',
  schedule: 'standard',
  waits: '5 s, 30 s, 2 min, 10 min',
  timeout: DEFAULTS.timeout,
  concurrency: '',
  rate: '',
  signatures: [],
  tls: { ca: '', certificate: '', key: '' },
});

/** An integration as the form shows it. */
export function valuesOf(it: IntegrationView): Values {
  const { options, config } = it;
  const start = fresh();
  const auth = Object.fromEntries(Object.entries(config.auth ?? {}).filter(([, value]) => value != null));
  const own = options.retries ?? undefined;
  return {
    ...start,
    name: it.name,
    target: targetValue(it),
    closedWorkspaces: options.closedWorkspaces ?? false,
    url: config.url,
    notify: notifyOf(options),
    from: options.notify === 'failures' ? (options.from ?? 1) : start.from,
    limit: options.notify === 'failures' ? (options.limit ?? '') : start.limit,
    types: options.types ?? [],
    actions: options.actions ?? [],
    models: options.models ?? [],
    payload: options.payload ?? 'standard',
    headers: Object.entries(config.headers ?? {}).map(([name, value]) => ({ name, value })),
    auth: { ...NO_AUTH, ...(auth as Partial<Auth>) },
    order: options.order ?? 'none',
    schedule: !own ? 'standard' : own.length === 0 ? 'once' : 'own',
    waits: own?.length ? writeWaits(own) : start.waits,
    timeout: options.timeout ?? DEFAULTS.timeout,
    concurrency: options.concurrency ?? '',
    rate: options.rate ?? '',
    signatures: options.signatures ?? [],
    tls: {
      ca: config.tls?.ca ?? '',
      certificate: config.tls?.certificate ?? '',
      key: config.tls?.key ?? '',
    },
  };
}

function notifyOf({ notify, from, limit }: Shape['IntegrationOptions']): Values['notify'] {
  if (notify !== 'failures') return 'every_run';
  return from === 3 && limit === 1 ? 'three' : 'custom';
}

function targetValue({ workspace, collection, monitor }: IntegrationView): string {
  if ([workspace, collection, monitor].filter(Boolean).length > 1) return 'kept';
  if (monitor) return `monitor:${monitor}`;
  if (collection) return `collection:${collection}`;
  return workspace ? `workspace:${workspace}` : 'all';
}

/** What the API is told; `before` is what an edited integration was. */
export function fieldsOf(kind: string, values: Values, before?: IntegrationView): Shape['IntegrationFields'] {
  const { target } = values;
  const [scope, id] = split(target);
  const kept = target === 'kept' ? before : undefined;
  return {
    name: values.name.trim(),
    connector: before?.connector ?? 'webhooks',
    event: kind,
    workspace: kept?.workspace ?? (scope === 'workspace' ? id : null),
    collection: kept?.collection ?? (scope === 'collection' ? id : null),
    monitor: kept?.monitor ?? (scope === 'monitor' ? id : null),
    config: configOf(values, before),
    options: optionsOf(kind, values, before),
  };
}

const split = (target: string): [string, string | null] => {
  const at = target.indexOf(':');
  return at < 0 ? [target, null] : [target.slice(0, at), target.slice(at + 1)];
};

function configOf(values: Values, before?: IntegrationView): Shape['IntegrationConfig'] {
  const headers = values.headers.filter(({ name, value }) => name.trim() || value);
  const tls = Object.fromEntries(Object.entries(values.tls).filter(([, pem]) => pem.trim()));
  const auth = authOf(values.auth);
  return {
    url: values.url.trim(),
    ...(headers.length > 0 && {
      headers: Object.fromEntries(headers.map(({ name, value }) => [name.trim(), value])),
    }),
    ...(auth && { auth }),
    ...(Object.keys(tls).length > 0 && { tls }),
    ...(before?.config.transform != null && { transform: before.config.transform }),
  };
}

function authOf(auth: Auth): Shape['ReceiverAuth'] | undefined {
  switch (auth.type) {
    case 'none':
      return undefined;
    case 'basic':
      return { type: 'basic', username: auth.username, password: auth.password };
    case 'bearer':
      return { type: 'bearer', token: auth.token };
    case 'oauth2':
      return {
        type: 'oauth2',
        tokenUrl: auth.tokenUrl.trim(),
        clientId: auth.clientId,
        clientSecret: auth.clientSecret,
        ...(auth.scope.trim() && { scope: auth.scope.trim() }),
        ...(auth.audience.trim() && { audience: auth.audience.trim() }),
        clientAuthentication: auth.clientAuthentication,
      };
  }
}

function optionsOf(kind: string, values: Values, before?: IntegrationView): Shape['IntegrationOptions'] {
  const count = (value: number | string) => (value === '' ? null : Number(value));
  const some = (list: string[]) => (list.length > 0 ? list : undefined);
  const waits = values.schedule === 'own' ? readWaits(values.waits) : undefined;
  return {
    ...(before && { backup: before.options.backup ?? null }),
    ...notifying(kind, values),
    payload: values.payload,
    order: values.order,
    types: kind === 'custom' ? values.types : (before?.options.types ?? []),
    ...(values.closedWorkspaces && values.target === 'all' && { closedWorkspaces: true }),
    ...(tellsActivities(kind) && some(values.actions) && { actions: values.actions }),
    ...(tellsActivities(kind) && some(values.models) && { models: values.models }),
    ...(some(values.signatures) && { signatures: values.signatures }),
    retries: values.schedule === 'once' ? [] : waits && 'seconds' in waits ? waits.seconds : null,
    timeout: count(values.timeout) ?? DEFAULTS.timeout,
    ...(count(values.concurrency) !== null && { concurrency: count(values.concurrency) }),
    ...(count(values.rate) !== null && { rate: count(values.rate) }),
  };
}

function notifying(kind: string, values: Values): Shape['IntegrationOptions'] {
  if (kind !== 'monitor_results' || values.notify === 'every_run')
    return { notify: 'every_run', from: 1, limit: null };
  if (values.notify === 'three') return { notify: 'failures', from: 3, limit: 1 };
  return {
    notify: 'failures',
    from: Number(values.from),
    limit: values.limit === '' ? null : Number(values.limit),
  };
}

export const tellsActivities = (kind: string) => kind === 'collection_activity' || kind === 'team_activity';
