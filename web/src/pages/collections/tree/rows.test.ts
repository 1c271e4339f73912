import { expect, test } from 'vitest';
import type { Item } from '../document/model';
import { filtered, rowsOf, step, typed } from './rows';

const items: Item[] = [
  {
    id: 'cart',
    name: 'Cart',
    item: [
      { id: 'get', name: 'Get', request: 'https://x.test/cart' },
      { id: 'old', name: 'Old', item: [{ id: 'deep', name: 'Clear', request: { method: 'DELETE' } }] },
    ],
  },
  { id: 'health', name: 'Health', request: '{{base}}/health' },
];
const open = (...turned: string[]) => ({
  turned: new Set(turned),
  byDefault: (depth: number) => depth === 0,
});

test('closed folders hide what is in them', () => {
  const rows = rowsOf(items, open());
  expect(rows.map((row) => `${row.depth}${row.id} ${row.place}/${row.siblings}`)).toEqual([
    '0cart 1/2',
    '1get 1/2',
    '1old 2/2',
    '0health 2/2',
  ]);
  expect(rowsOf(items, open('cart')).map((row) => row.id)).toEqual(['cart', 'health']);
  expect(rowsOf(items, open('old')).map((row) => row.id)).toEqual(['cart', 'get', 'old', 'deep', 'health']);
});

test('a filter keeps the way to what it found', () => {
  expect(filtered(items, 'delete clear')).toEqual([{ ...items[0], item: [{ ...items[0]!.item![1] }] }]);
  expect(filtered(items, 'CART').map((it) => it.id)).toEqual(['cart']);
  expect(filtered(items, '/health').map((it) => it.id)).toEqual(['health']);
  expect(filtered(items, 'nothing')).toEqual([]);
});

test('keys go where they say', () => {
  const rows = rowsOf(items, open());
  expect(step(rows, 0, 'ArrowRight')).toBe(1);
  expect(step(rows, 2, 'ArrowRight')).toBeUndefined();
  expect(step(rows, 2, 'ArrowLeft')).toBe(0);
  expect(step(rows, 3, 'ArrowDown')).toBe(3);
  expect(step(rows, 3, 'Home')).toBe(0);
  expect(typed(rows, 0, 'h')).toBe(3);
  expect(typed(rows, 0, 'ol')).toBe(2);
  expect(typed(rows, 0, 'c')).toBe(0);
  expect(typed(rows, 0, 'q')).toBeUndefined();
});

test('ten thousand items are listed at once', () => {
  const many: Item[] = Array.from({ length: 100 }, (_, f) => ({
    id: `f${f}`,
    name: `Folder ${f}`,
    item: Array.from({ length: 100 }, (_, r) => ({ id: `r${f}-${r}`, name: `R ${r}`, request: 'x' })),
  }));
  const began = performance.now();
  expect(rowsOf(many, open()).length).toBe(10_100);
  expect(filtered(many, 'r 99').length).toBe(100);
  expect(performance.now() - began).toBeLessThan(4000);
});
