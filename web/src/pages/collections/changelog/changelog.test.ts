import { expect, test } from 'vitest';
import { groupsOf, inverted, pick, type Change, type Entry } from './groups';
import { changeWords, comingWords, entryWords, valueText } from './words';

const entry = (part: Partial<Entry>): Entry => ({
  id: '1',
  message: '',
  action: 'update',
  model: 'request',
  modelName: 'Pay',
  modelUid: 'u-pay',
  user: { id: 1, name: 'Ada' },
  count: 1,
  fields: [],
  beganAt: '2026-01-01T00:00:00Z',
  endedAt: '2026-01-01T00:00:00Z',
  ...part,
});
const change = (part: Partial<Change>): Change => ({
  action: 'update',
  model: 'request',
  uid: 'u-pay',
  name: 'Pay',
  path: [],
  fields: [],
  ...part,
});

test('one version is one group; what goes over several stands alone', () => {
  const groups = groupsOf([
    entry({ version: 7, fromVersion: 4, count: 3 }),
    entry({ version: 6, fromVersion: 5, modelUid: 'a' }),
    entry({ version: 6, fromVersion: 5, modelUid: 'b' }),
    entry({ version: null }),
    entry({ version: 3, fromVersion: 1, action: 'restore' }),
  ]);
  expect(groups.map((it) => [it.version, it.from, it.only, it.entries.length])).toEqual([
    [7, 4, 'u-pay', 1],
    [6, 5, undefined, 2],
    [3, 1, undefined, 1],
  ]);
  expect(pick(groups, undefined)?.version).toBe(7);
  expect(pick(groups, '6')?.version).toBe(6);
  expect(pick(groups, '5')?.version).toBe(7);
  expect(pick(groups, '99')).toBeUndefined();
});

test('changes in words', () => {
  expect(changeWords(change({ action: 'rename', oldName: 'Buy' }))).toBe('Renamed Buy to Pay');
  expect(changeWords(change({ action: 'move', oldPath: [], path: ['Cart', 'Old'] }))).toBe(
    'Moved Pay from the top to Cart / Old',
  );
  expect(
    changeWords(change({ fields: [{ path: 'request.url' }, { path: 'event.test' }, { path: 'odd.field' }] })),
  ).toBe('Changed address, tests, odd.field of Pay');
  expect(changeWords(change({ model: 'folder', name: 'Cart', fields: [{ path: 'item.order' }] }))).toBe(
    'Put what is in Cart in another order',
  );
  expect(changeWords(change({ action: 'create', path: ['Cart'] }))).toBe('Added request Pay to Cart');
  expect(entryWords(entry({ action: 'rename', message: 'Ada renamed the request Buy to Pay in Shop' }))).toBe(
    'Renamed Buy to Pay',
  );
  expect(entryWords(entry({ action: 'restore' }))).toBe('Restored Pay');
});

test('going back is the same the other way round', () => {
  const there = [
    change({ action: 'create' }),
    change({ action: 'rename', oldName: 'Buy' }),
    change({ action: 'move', oldPath: ['A'], path: ['B'] }),
    change({ fields: [{ path: 'request.url', new: 'x' as never }] }),
  ];
  const back = inverted(there);
  expect(back.map(changeWords)).toEqual([
    'Deleted request Pay',
    'Renamed Pay to Buy',
    'Moved Pay from B to A',
    'Changed address of Pay',
  ]);
  expect(comingWords(back[1]!)).toBe('Rename Pay to Buy');
  expect(back[3]!.fields).toEqual([{ path: 'request.url', old: 'x' }]);
  expect(inverted(back)).toEqual(there);
});

test('values as text', () => {
  expect(
    valueText([
      { key: 'A', value: 'b' },
      { key: 'C', value: null, disabled: true },
    ]),
  ).toBe('A: b\n(off) C: ');
  expect(valueText([{ key: 'A', value: 'b', description: 'x' }])).toContain('"description": "x"');
  expect(valueText({ a: 1 })).toBe('{\n  "a": 1\n}');
  expect(valueText(undefined)).toBe('');
});
