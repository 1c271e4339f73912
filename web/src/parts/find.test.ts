import { expect, test } from 'vitest';
import { findOr } from './find';

const one = (label: string) => ({ value: label, label, disabled: false });
const options = [one('All'), { group: 'Monitors', items: ['Smoke', 'Orders nightly'].map(one) }];
const find = (search: string) => findOr('None')({ options, search, limit: Infinity });

test('options are found by any part of their names, in their groups', () => {
  expect(find('')).toEqual(options);
  expect(find(' NIGHT')).toEqual([{ group: 'Monitors', items: [one('Orders nightly')] }]);
});

test('where nothing is found an option says so', () => {
  expect(find('x')).toEqual([{ value: 'nothing', label: 'None', disabled: true }]);
});
