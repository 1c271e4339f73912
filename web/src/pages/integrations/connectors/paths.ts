import type { Search } from '../../../parts/search';
import { pageOf, WEBHOOKS } from '../../../words/connectors';

const SCOPE = ['monitor', 'collection', 'workspace', 'notify', 'url'] as const;

/** What of the address is for the form: what it is about, and when it is told. */
export const scopeOf = (address: Search): Search =>
  Object.fromEntries(SCOPE.flatMap((name) => (address[name] ? [[name, address[name]]] : [])));

/** The same with nothing in it. */
export const NO_SCOPE: Search = Object.fromEntries(SCOPE.map((name) => [name, undefined]));

/** The way to a form: the catalogue, and the connector's page. */
export const crumbsOf = (connector: { id: string; name: string } | undefined) => [
  { label: 'Integrations', to: '/integrations' as const },
  {
    label: connector?.name ?? 'Webhooks',
    to: pageOf(connector?.id ?? WEBHOOKS) as '/integrations',
  },
];
