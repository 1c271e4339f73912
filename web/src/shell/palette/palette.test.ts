import { describe, expect, it } from 'vitest';
import { match } from './match';
import { rank } from './rank';

const order = (typed: string, texts: string[]) =>
  texts
    .map((text) => ({ text, score: match(typed, text)?.score }))
    .filter((it) => it.score !== undefined)
    .sort((a, b) => b.score! - a.score!)
    .map((it) => it.text);

describe('match', () => {
  it('puts a beginning before a word before a middle', () => {
    expect(order('check', ['My precheck', 'Old check', 'Checkout API', 'Check'])).toEqual([
      'Check',
      'Checkout API',
      'Old check',
      'My precheck',
    ]);
  });

  it('finds beginnings of words', () => {
    expect(match('cs', 'Checkout smoke')?.marks).toEqual([
      [0, 1],
      [9, 10],
    ]);
    expect(match('chsm', 'Checkout smoke')?.marks).toEqual([
      [0, 2],
      [9, 11],
    ]);
    expect(match('cs', 'Cats')).toBeUndefined();
  });

  it('finds letters in their order when they stand close', () => {
    expect(match('mntr', 'Monitors')).toBeDefined();
    expect(match('mts', 'Many things that one could also do')).toBeUndefined();
  });

  it('wants every word, in any order', () => {
    expect(match('smoke check', 'Checkout smoke')?.marks).toEqual([
      [0, 5],
      [9, 14],
    ]);
    expect(match('smoke orders', 'Checkout smoke')).toBeUndefined();
  });

  it('keeps places when a letter has no small one of its length', () => {
    expect(match('x', 'İİx')?.marks).toEqual([[2, 3]]);
  });

  it('does not take long over hostile names', () => {
    const began = performance.now();
    match('a'.repeat(60), 'a '.repeat(5000));
    expect(performance.now() - began).toBeLessThan(500);
  });
});

describe('rank', () => {
  const items = [
    { id: 'p1', group: 'Pages', label: 'Monitors' },
    { id: 'm1', group: 'Monitors', label: 'Orders nightly', quiet: true },
    { id: 'm2', group: 'Monitors', label: 'Orders hourly', quiet: true },
    { id: 'a1', group: 'Actions', label: 'New monitor' },
  ];

  it('shows what was chosen lately, then pages and actions', () => {
    expect(rank('', items, ['m2', 'gone']).map(({ title, found }) => [title, found.length])).toEqual([
      ['Recent', 1],
      ['Pages', 1],
      ['Actions', 1],
    ]);
  });

  it('puts the group of the best first, and what is recent before its like', () => {
    expect(rank('monitor', items, []).map(({ title }) => title)).toEqual(['Pages', 'Actions']);
    const [first] = rank('orders', items, ['m1']);
    expect(first!.found.map(({ item }) => item.id)).toEqual(['m1', 'm2']);
  });
});
