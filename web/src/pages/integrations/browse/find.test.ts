import { expect, test } from 'vitest';
import type { ConnectorEntry } from '../../../parts/useConnectors';
import { counted, found, type Wanted } from './find';

const of = (id: string, category: string, more: Partial<ConnectorEntry> = {}): ConnectorEntry => ({
  id,
  name: id.charAt(0).toUpperCase() + id.slice(1),
  category,
  summary: 'Posts somewhere.',
  sends: 'http',
  icon: { letters: 'A', color: '#000000' },
  events: ['monitor_results'],
  ...more,
});
const all = [
  of('webhooks', 'automation', { events: ['custom', 'monitor_results'] }),
  of('slack', 'chat'),
  of('box', 'backup', { events: ['collection_backup'], summary: 'Keeps each version in a folder.' }),
  of('dropbox', 'backup', { events: ['collection_backup'] }),
];
const names = (wanted: Partial<Wanted>) =>
  found(all, { q: '', category: '', event: '', ...wanted }).map(({ id }) => id);

test('all of what is wanted must fit', () => {
  expect(names({})).toEqual(['box', 'dropbox', 'slack', 'webhooks']);
  expect(names({ event: 'custom' })).toEqual(['webhooks']);
  expect(names({ category: 'backup', q: 'folder' })).toEqual(['box']);
  expect(names({ category: 'chat', event: 'custom' })).toEqual([]);
});
test('words are looked for in name, sentence and category, names first', () => {
  expect(names({ q: 'BOX' })).toEqual(['box', 'dropbox']);
  expect(names({ q: 'backups' })).toEqual(['box', 'dropbox']);
  expect(names({ q: 'drop somewhere' })).toEqual(['dropbox']);
});
test('categories are counted in their order, by everything but the category', () =>
  expect(counted(all, { q: '', category: 'chat', event: 'monitor_results' })).toEqual([
    { id: 'chat', count: 1 },
    { id: 'backup', count: 0 },
    { id: 'automation', count: 1 },
  ]));
