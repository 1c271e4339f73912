import type { Shape } from '../../../api/client';
import { fieldsFor, hasForm, type Connector } from '../connectors/connector';
import { startOf, writtenOf, type FieldValues } from '../fields/values';
import { ownZone } from '../../monitors/schedule/zone';
import type { IntegrationView } from '../standing';
import { readWaits, writeWaits } from './waits';

/** The form's fields, flat enough for people. */
export interface Values {
  name: string;
  /** `all`, `workspace:<id>`, `collection:<uid>`, `monitor:<uid>`, or `kept` for a combination that only the API can make. */
  target: string;
  closedWorkspaces: boolean;
  url: string;
  /** What a connector's own form asks for. */
  fields: FieldValues;
  notify: 'every_run' | 'each' | 'three' | 'custom';
  from: number | string;
  limit: number | string;
  /** Whether activities are gathered and told together, and when. */
  digest: boolean;
  digestCron: string;
  digestZone: string;
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

const FRESH: Values = {
  name: '',
  target: 'all',
  closedWorkspaces: false,
  url: '',
  fields: {},
  notify: 'every_run',
  from: 3,
  limit: 1,
  digest: false,
  digestCron: '0 7 * * *',
  digestZone: '',
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
};

/** A form that nobody has written into: as it usually is, or as the connector has it. */
export const fresh = (connector?: Connector, kind = ''): Values => ({
  ...FRESH,
  ...(connector && optionValues(connector.options as Shape['IntegrationOptions'])),
  ...(hasForm(connector) && { fields: startOf(fieldsFor(connector, kind)) }),
});

/** An integration as the form shows it. */
export function valuesOf(it: IntegrationView, connector?: Connector): Values {
  const { options, config } = it;
  const auth = Object.fromEntries(Object.entries(config.auth ?? {}).filter(([, value]) => value != null));
  return {
    ...FRESH,
    ...optionValues(options),
    name: it.name,
    target: targetValue(it),
    url: config.url ?? '',
    fields: hasForm(connector) ? startOf(fieldsFor(connector, it.event), config.fields ?? {}) : {},
    headers: Object.entries(config.headers ?? {}).map(([name, value]) => ({ name, value })),
    auth: { ...NO_AUTH, ...(auth as Partial<Auth>) },
    tls: {
      ca: config.tls?.ca ?? '',
      certificate: config.tls?.certificate ?? '',
      key: config.tls?.key ?? '',
    },
  };
}

function optionValues(options: Shape['IntegrationOptions']) {
  const own = options.retries ?? undefined;
  const isOfFailures = options.notify === 'failures';
  return {
    closedWorkspaces: options.closedWorkspaces ?? false,
    notify: notifyOf(options),
    from: isOfFailures ? (options.from ?? 1) : FRESH.from,
    limit: isOfFailures ? (options.limit ?? '') : FRESH.limit,
    digest: options.digest != null,
    digestCron: options.digest?.cron ?? FRESH.digestCron,
    digestZone: options.digest?.timezone ?? ownZone(),
    types: options.types ?? [],
    actions: options.actions ?? [],
    models: options.models ?? [],
    payload: options.payload ?? FRESH.payload,
    order: options.order ?? FRESH.order,
    schedule: !own ? ('standard' as const) : own.length === 0 ? ('once' as const) : ('own' as const),
    waits: own?.length ? writeWaits(own) : FRESH.waits,
    timeout: options.timeout ?? DEFAULTS.timeout,
    concurrency: options.concurrency ?? '',
    rate: options.rate ?? '',
    signatures: options.signatures ?? [],
  };
}

function notifyOf({ notify, from, limit }: Shape['IntegrationOptions']): Values['notify'] {
  if (notify !== 'failures') return 'every_run';
  if ((from ?? 1) === 1 && limit == null) return 'each';
  return from === 3 && limit === 1 ? 'three' : 'custom';
}

function targetValue({ workspace, collection, monitor }: IntegrationView): string {
  if ([workspace, collection, monitor].filter(Boolean).length > 1) return 'kept';
  if (monitor) return `monitor:${monitor}`;
  if (collection) return `collection:${collection}`;
  return workspace ? `workspace:${workspace}` : 'all';
}

/** What the API is told; `before` is what an edited integration was, `connector` whom it is sent by where that is not the plain webhook. */
export function fieldsOf(
  kind: string,
  values: Values,
  before?: IntegrationView,
  connector?: Connector,
): Shape['IntegrationFields'] {
  const { target } = values;
  const [scope, id] = split(target);
  const kept = target === 'kept' ? before : undefined;
  return {
    name: values.name.trim(),
    connector: before?.connector ?? connector?.id ?? 'webhooks',
    event: kind,
    workspace: kept?.workspace ?? (scope === 'workspace' ? id : null),
    collection: kept?.collection ?? (scope === 'collection' ? id : null),
    monitor: kept?.monitor ?? (scope === 'monitor' ? id : null),
    config: hasForm(connector) ? ownConfig(kind, values, connector) : configOf(values, before),
    options: hasForm(connector)
      ? withoutBody(optionsOf(kind, values, before))
      : optionsOf(kind, values, before),
  };
}

const split = (target: string): [string, string | null] => {
  const at = target.indexOf(':');
  return at < 0 ? [target, null] : [target.slice(0, at), target.slice(at + 1)];
};

/** What a connector's own form says. */
const ownConfig = (kind: string, values: Values, connector: Connector): Shape['IntegrationConfig'] => ({
  fields: writtenOf(fieldsFor(connector, kind), values.fields) as Record<string, never>,
  ...tlsOf(values),
});

/** The connector makes its bodies itself, and signs none. */
function withoutBody(options: Shape['IntegrationOptions']): Shape['IntegrationOptions'] {
  const { payload: _payload, signatures: _signatures, ...rest } = options;
  return rest;
}

const tlsOf = ({ tls }: Values): Pick<Shape['IntegrationConfig'], 'tls'> => {
  const written = Object.fromEntries(Object.entries(tls).filter(([, pem]) => pem.trim()));
  return Object.keys(written).length > 0 ? { tls: written } : {};
};

function configOf(values: Values, before?: IntegrationView): Shape['IntegrationConfig'] {
  const headers = values.headers.filter(({ name, value }) => name.trim() || value);
  const auth = authOf(values.auth);
  return {
    url: values.url.trim(),
    ...(headers.length > 0 && {
      headers: Object.fromEntries(headers.map(({ name, value }) => [name.trim(), value])),
    }),
    ...(auth && { auth }),
    ...tlsOf(values),
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
    ...(tellsActivities(kind) &&
      values.digest && { digest: { cron: values.digestCron, timezone: values.digestZone || 'UTC' } }),
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
  if (values.notify === 'each') return { notify: 'failures', from: 1, limit: null };
  if (values.notify === 'three') return { notify: 'failures', from: 3, limit: 1 };
  return {
    notify: 'failures',
    from: Number(values.from),
    limit: values.limit === '' ? null : Number(values.limit),
  };
}

export const tellsActivities = (kind: string) => kind === 'collection_activity' || kind === 'team_activity';
