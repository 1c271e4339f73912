import { expect, test } from 'vitest';
import { patchOf } from './patch';

test('a patch holds what differs and nothing else', () => {
  const before = {
    name: 'a',
    collection: 'c',
    config: { url: 'x', headers: { A: '1', B: '2' } },
    types: ['a'],
  };
  expect(patchOf(before, { ...before })).toEqual({});
  expect(
    patchOf(before, { name: 'b', config: { url: 'x', headers: { B: '2', C: '3' } }, types: ['a', 'b'] }),
  ).toEqual({ name: 'b', collection: null, config: { headers: { A: null, C: '3' } }, types: ['a', 'b'] });
});

test('what is missing and what is null are the same', () => {
  expect(patchOf({ rate: null }, {})).toEqual({});
  expect(patchOf({}, { rate: null })).toEqual({});
  expect(patchOf({ tls: { ca: 'x' } }, { tls: null })).toEqual({ tls: null });
});
