import { expect, test } from 'vitest';
import { diffLines, type Line } from './lines';
import { sideBySide, within, withGaps } from './rows';

const marks = (lines: Line[]) =>
  lines.map(({ side, text }) => `${{ same: ' ', added: '+', removed: '-' }[side]}${text}`).join('|');
const lines = (side: string, all: Line[]) =>
  all.filter((line) => line.side === 'same' || line.side === side).map((line) => line.text);

test('what was added, removed and left', () => {
  expect(marks(diffLines('a\nb\nc', 'a\nx\nc\nd'))).toBe(' a|-b|+x| c|+d');
  expect(marks(diffLines('', 'a\n'))).toBe('+a');
  expect(marks(diffLines('a', ''))).toBe('-a');
  expect(diffLines('', '')).toEqual([]);
  expect(marks(diffLines('a\r\nb', 'a\nb\n'))).toBe(' a| b');
  expect(diffLines('a\nb', 'b')).toEqual([
    { side: 'removed', text: 'a', old: 1 },
    { side: 'same', text: 'b', old: 2, now: 1 },
  ]);
});

function dice(seed: number) {
  let state = seed;
  return (most: number) => {
    state = (state * 1_103_515_245 + 12_345) % 2_147_483_648;
    return Math.floor((state / 2_147_483_648) * most);
  };
}

test('either text can be read off the difference', { timeout: 60_000 }, () => {
  for (let seed = 1; seed <= 400; seed += 1) {
    const next = dice(seed);
    const make = () => Array.from({ length: next(30) }, () => `l${next(6)}`);
    const [a, b] = [make(), make()];
    const all = diffLines(a.join('\n'), b.join('\n'));
    expect(lines('removed', all)).toEqual(a);
    expect(lines('added', all)).toEqual(b);
  }
});

test('the difference is as small as it can be', { timeout: 60_000 }, () => {
  for (let seed = 1; seed <= 200; seed += 1) {
    const next = dice(seed + 7);
    const make = () => Array.from({ length: next(9) }, () => `${next(3)}`);
    const [a, b] = [make(), make()];
    const same = diffLines(a.join('\n'), b.join('\n')).filter((line) => line.side === 'same').length;
    expect(same).toBe(longest(a, b));
  }
});

function longest(a: string[], b: string[]): number {
  if (a.length === 0 || b.length === 0) return 0;
  if (a[0] === b[0]) return 1 + longest(a.slice(1), b.slice(1));
  return Math.max(longest(a.slice(1), b), longest(a, b.slice(1)));
}

test('large and wholly different texts take no longer than their length', { timeout: 120_000 }, () => {
  const many = (count: number, word: (at: number) => string) =>
    Array.from({ length: count }, (_, at) => word(at)).join('\n');
  const next = dice(3);
  const cases: [string, string][] = [
    [many(20_000, (at) => `a${at}`), many(20_000, (at) => `b${at}`)],
    [many(20_000, (at) => `a${at}`), many(20_000, (at) => `a${19_999 - at}`)],
    [many(20_000, () => `${next(4)}`), many(20_000, () => `${next(4)}`)],
    [many(20_000, (at) => `a${at}`), many(20_000, (at) => (at % 20 === 0 ? `b${at}` : `a${at}`))],
  ];
  for (const [a, b] of cases) {
    const began = performance.now();
    const all = diffLines(a, b);
    expect(performance.now() - began).toBeLessThan(20_000);
    expect(lines('removed', all).length).toBe(20_000);
    expect(lines('added', all).length).toBe(20_000);
  }
  const last = diffLines(...cases[3]!);
  expect(last.filter((line) => line.side === 'added').length).toBe(1000);
});

test('long stretches that are the same become gaps', () => {
  const before = Array.from({ length: 40 }, (_, at) => `${at}`);
  const rows = withGaps(diffLines(before.join('\n'), before.with(20, 'x').join('\n')));
  expect(rows.map((row) => (row.t === 'gap' ? row.lines.length : row.line.text))).toEqual([
    17,
    '17',
    '18',
    '19',
    '20',
    'x',
    '21',
    '22',
    '23',
    16,
  ]);
});

test('what was removed stands beside what took its place', () => {
  const pairs = sideBySide(withGaps(diffLines('a\nb\nc', 'a\nx\ny\nc')));
  expect(pairs.map((pair) => (pair.t === 'pair' ? [pair.left?.text, pair.right?.text] : 'gap'))).toEqual([
    ['a', 'a'],
    ['b', 'x'],
    [undefined, 'y'],
    ['c', 'c'],
  ]);
});

test('within a line only what differs is marked', () => {
  expect(within('status is 200;', 'status is 201;')).toEqual({ start: 12, before: 13, now: 13 });
  expect(within('abc', 'xyz')).toBeUndefined();
});
