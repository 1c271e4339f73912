import { expect, test } from 'vitest';
import { addItem, copyItem, moveItem, removeItem, replaceItem, shiftItem } from './change';
import { docOfForm, formOfDoc, formOfItem, itemOfForm, rebased } from './form';
import { find, type Doc, type Item } from './model';
import { pathNames, queryOf, urlPart, withQuery } from './url';

const doc = (): Doc => ({
  info: { name: 'Shop', schema: 'v2.1' },
  item: [
    { id: 'a', name: 'A', item: [{ id: 'a1', name: 'A1', request: 'https://x.test/a?b=1' }] },
    { id: 'b', name: 'B', item: [{ id: 'c', name: 'C', item: [] }] },
    { id: 'd', name: 'D', request: { method: 'POST', url: { raw: '{{base}}/d' } }, response: [{ id: 'r' }] },
  ],
});
const ids = (items: Item[]): unknown[] => items.map((it) => (it.item ? [it.id, ...ids(it.item)] : it.id));

test('items are found with their folders, and by their examples', () => {
  expect(find(doc(), 'a1')?.folders.map((it) => it.id)).toEqual(['a']);
  expect(find(doc(), 'r')?.item.id).toBe('d');
  expect(find(doc(), 'nobody')).toBeUndefined();
});

test('items are added, moved, shifted, copied and removed', () => {
  expect(ids(moveItem('a1', { into: 'c' })(doc())!.item)).toEqual([['a'], ['b', ['c', 'a1']], 'd']);
  expect(ids(moveItem('a1', { into: null })(doc())!.item)).toEqual([['a'], ['b', ['c']], 'd', 'a1']);
  expect(ids(shiftItem('d', -1)(doc())!.item)).toEqual([['a', 'a1'], 'd', ['b', ['c']]]);
  expect(ids(shiftItem('a', -1)(doc())!.item)).toEqual(ids(doc().item));
  expect(ids(removeItem('b')(doc())!.item)).toEqual([['a', 'a1'], 'd']);
  expect(ids(addItem({ id: 'e' }, { into: 'a' })(doc())!.item)).toEqual([
    ['a', 'a1', 'e'],
    ['b', ['c']],
    'd',
  ]);
  let count = 0;
  const copied = copyItem(
    'a',
    (name) => `${name} copy`,
    () => `n${(count += 1)}`,
  )(doc())!;
  expect(ids(copied.item)).toEqual([['a', 'a1'], ['n1', 'n2'], ['b', ['c']], 'd']);
  expect(copied.item[1]!.name).toBe('A copy');
});

test('a folder does not go into itself, and what is gone cannot be changed', () => {
  expect(ids(moveItem('b', { into: 'c' })(doc())!.item)).toEqual(ids(doc().item));
  expect(removeItem('nobody')(doc())).toBeUndefined();
  expect(moveItem('a1', { into: 'nobody' })(doc())).toBeUndefined();
  expect(replaceItem('nobody', (it) => it)(doc())).toBeUndefined();
});

const ODD: Item[] = [
  { id: '1', name: 'Plain', request: 'https://x.test' },
  { id: '2', request: { url: { raw: 'a?b', query: [{ key: 'b', value: null }] }, header: 'A: b\nC: d' } },
  { id: '3', name: 'F', item: [], description: { content: 'x', type: 'text/markdown' }, auth: null },
  {
    id: '4',
    name: 'Body',
    event: [{ listen: 'test', script: { exec: 'one line' } }],
    request: {
      method: 'PUT',
      body: { mode: 'formdata', formdata: [{ key: 'f', type: 'file', src: '/x' }] },
      own: 1,
    },
  },
];

test('a form that was not touched changes nothing', () => {
  for (const item of ODD) expect(itemOfForm(item, formOfItem(item))).toEqual(item);
  expect(docOfForm(doc(), formOfDoc(doc()))).toEqual(doc());
});

test('a form changes what was touched, and only that', () => {
  const named = itemOfForm(ODD[1]!, { ...formOfItem(ODD[1]!), name: 'New' });
  expect(named).toEqual({ ...ODD[1], name: 'New' });
  const scripted = itemOfForm(ODD[3]!, { ...formOfItem(ODD[3]!), test: 'a\nb', auth: '{"type":"noauth"}' });
  expect(scripted.event).toEqual([{ listen: 'test', script: { type: 'text/javascript', exec: ['a', 'b'] } }]);
  expect(scripted.request).toMatchObject({ own: 1, auth: { type: 'noauth' } });
  const silent = itemOfForm(ODD[3]!, { ...formOfItem(ODD[3]!), test: ' ' });
  expect(silent.event).toBeUndefined();
  const told = itemOfForm(ODD[2]!, { ...formOfItem(ODD[2]!), description: 'y' });
  expect(told.description).toEqual({ content: 'y', type: 'text/markdown' });
});

test('what two people changed apart is kept of both', () => {
  const item = doc().item[2]!;
  const before = formOfItem(item);
  const theirs = itemOfForm(item, { ...before, url: '{{base}}/v2', test: 'theirs' });
  const mine = rebased(before, { ...before, name: 'Mine', test: 'mine' }, formOfItem(theirs));
  expect(mine).toMatchObject({ name: 'Mine', test: 'mine', url: '{{base}}/v2' });
  const moved = { ...before, query: [{ key: 'a', value: '1' }] };
  expect(rebased(before, moved, formOfItem(theirs)).url).toBe('{{base}}/d');
});

test('address and parameters follow each other', () => {
  const before = [
    { key: 'a', value: '1', description: 'first' },
    { key: 'off', value: 'x', disabled: true },
  ];
  expect(queryOf('h/p?a=2&b#frag', before)).toEqual([
    { key: 'a', value: '2', description: 'first' },
    { key: 'b', value: null },
    { key: 'off', value: 'x', disabled: true },
  ]);
  expect(withQuery('h/p?z=1#frag', before)).toBe('h/p?a=1#frag');
  expect(withQuery('h/p?z=1', [])).toBe('h/p');
  expect(pathNames('https://h:80/:id/x/:name?y=:no')).toEqual(['id', 'name']);
  expect(urlPart({ auth: 'kept' }, 'https://x.test:8080/a/b?c=1#d', [{ key: 'c', value: '1' }], [])).toEqual({
    auth: 'kept',
    raw: 'https://x.test:8080/a/b?c=1#d',
    protocol: 'https',
    host: ['x', 'test'],
    port: '8080',
    path: ['a', 'b'],
    hash: 'd',
    query: [{ key: 'c', value: '1' }],
  });
  expect(urlPart(undefined, '{{base}}/v1', [], [])).toEqual({
    raw: '{{base}}/v1',
    host: ['{{base}}'],
    path: ['v1'],
  });
});
