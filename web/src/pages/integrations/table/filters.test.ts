import { expect, test } from 'vitest';
import type { IntegrationView } from '../standing';
import { chosen, counted } from './filters';

const of = (name: string, more: Partial<IntegrationView> = {}): IntegrationView => ({
  id: name,
  name,
  connector: 'webhooks',
  event: 'custom',
  config: { url: `https://${name}.example` },
  options: {},
  status: 'active',
  failedAttempts: 0,
  createdBy: 1,
  createdAt: '',
  updatedAt: '',
  ...more,
});
const all = [
  of('mirror', { event: 'collection_backup' }),
  of('alert', { failingSince: '2026-11-27T00:00:00Z', failedAttempts: 3 }),
  of('feed', { status: 'paused', createdBy: 2 }),
];
const names = (search: object) =>
  chosen(all, search as never, (it) => (it.name === 'feed' ? 'Orders API' : 'All')).map((it) => it.name);

test('trouble comes first, then names', () => expect(names({})).toEqual(['alert', 'feed', 'mirror']));
test('all of the filters must fit', () => {
  expect(names({ state: 'failing' })).toEqual(['alert']);
  expect(names({ kind: 'collection_backup', owner: '1' })).toEqual(['mirror']);
  expect(names({ kind: 'collection_backup', owner: '2' })).toEqual([]);
  expect(names({ connector: 'slack' })).toEqual([]);
});
test('words are looked for in name, URL and target', () => {
  expect(names({ q: 'ORDERS fee' })).toEqual(['feed']);
  expect(names({ q: 'alert.example' })).toEqual(['alert']);
});
test('states are counted', () =>
  expect(counted(all)).toEqual([
    { state: 'failing', count: 1 },
    { state: 'paused', count: 1 },
    { state: 'active', count: 1 },
  ]));
