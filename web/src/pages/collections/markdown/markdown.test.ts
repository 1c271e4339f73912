import { expect, test } from 'vitest';
import { blocks, type Block } from './blocks';
import { inline, safeHref, type Inline } from '../../../parts/inline';

const bare = (kids: Inline[]): string =>
  kids.map((it) => ('v' in it ? it.v : 'kids' in it ? bare(it.kids) : '\n')).join('');
const shape = (kids: Inline[]): unknown[] =>
  kids.map((it) => ('kids' in it ? [it.t, ...shape(it.kids)] : it.t === 'text' ? it.v : it.t));

test('what people write in lines', () => {
  expect(shape(inline('a **b *c* d** e_f_g _h_ ~~i~~ `j*`'))).toEqual([
    'a ',
    ['strong', 'b ', ['em', 'c'], ' d'],
    ' e_f_g ',
    ['em', 'h'],
    ' ',
    ['del', 'i'],
    ' ',
    'code',
  ]);
  expect(shape(inline('***both*** 2 * 3 * 4 \\*no\\*'))).toEqual([
    ['strong', ['em', 'both']],
    ' 2 * 3 * 4 *no*',
  ]);
  expect(inline('see [docs](https://x.test/a(b) "t"), {{base}}/x')).toMatchObject([
    { v: 'see ' },
    { t: 'link', href: 'https://x.test/a(b)' },
    { v: ', ' },
    { t: 'variable', v: 'base' },
    { v: '/x' },
  ]);
  expect(inline('at https://x.test/a. <b@x.test>')).toMatchObject([
    { v: 'at ' },
    { href: 'https://x.test/a' },
    { v: '. ' },
    { href: 'mailto:b@x.test' },
  ]);
});

test('what people write in blocks', () => {
  const read = blocks(
    [
      '# Title',
      'One',
      'two',
      '',
      '- a',
      '  - b',
      '- c',
      '',
      '3. x',
      '',
      '| k | v |',
      '|---|--:|',
      '| 1 | a\\|b |',
      '',
      '> said',
      '',
      '```js',
      'let a = **1**;',
      '```',
      '---',
    ].join('\n'),
  );
  expect(read.map((it) => it.t)).toEqual([
    'heading',
    'paragraph',
    'list',
    'list',
    'table',
    'quote',
    'code',
    'rule',
  ]);
  expect(read[2]).toMatchObject({ ordered: false, items: [[{}, { t: 'list' }], [{}]] });
  expect(read[3]).toMatchObject({ ordered: true, start: 3 });
  expect(read[4]).toMatchObject({ align: [undefined, 'right'], rows: [[[{ v: '1' }], [{ v: 'a|b' }]]] });
  expect(read[6]).toEqual({ t: 'code', v: 'let a = **1**;' });
});

const HOSTILE = [
  'javascript:alert(1)',
  'JaVaScRiPt:alert(1)',
  ' javascript:alert(1)',
  'java\nscript:alert(1)',
  'java\tscript:alert(1)',
  '\u0001javascript:alert(1)',
  'data:text/html,<script>alert(1)</script>',
  'vbscript:x',
  'file:///etc/passwd',
  '//x.test',
  '/local',
  'blob:x.test/1',
  'javascript&colon;alert(1)',
];

test('nobody is sent to a hostile address', () => {
  for (const address of HOSTILE) {
    expect(safeHref(address), address).toBeUndefined();
    for (const written of [`[x](${address})`, `[x](<${address}>)`, `![x](${address})`, `<${address}>`])
      expect(JSON.stringify(blocks(written)), written).not.toContain('"link"');
  }
});

test('HTML is text', () => {
  const source = '<script>alert(1)</script> <img src=x onerror=alert(1)> &lt;b&gt;';
  expect(blocks(source)).toEqual([{ t: 'paragraph', kids: [{ t: 'text', v: source }] }]);
});

/** Numbers that look random and are the same each time. */
function dice(seed: number) {
  let state = seed;
  return (most: number) => {
    state = (state * 1_103_515_245 + 12_345) % 2_147_483_648;
    return state % most;
  };
}

const PIECES = [
  '*',
  '**',
  '_',
  '`',
  '```',
  '\n',
  '\n\n',
  '- ',
  '1. ',
  '> ',
  '# ',
  '|',
  '---',
  '[',
  ']',
  '(',
  ')',
];
const MORE = [
  '<',
  '>',
  '\\',
  '{{',
  '}}',
  'a',
  ' ',
  '    ',
  '~~',
  'https://x.test',
  'javascript:',
  '!',
  '😀',
  '\u202e',
];

test('anything can be read, ends, and sends to nowhere else', () => {
  const pieces = [...PIECES, ...MORE];
  for (let seed = 1; seed <= 300; seed += 1) {
    const next = dice(seed);
    const source = Array.from({ length: 60 }, () => pieces[next(pieces.length)]).join('');
    for (const href of hrefs(blocks(source))) expect(href).toMatch(/^(https?|mailto):/);
  }
});

function hrefs(value: unknown): string[] {
  if (Array.isArray(value)) return value.flatMap(hrefs);
  if (typeof value !== 'object' || value === null) return [];
  const own = 'href' in value ? [String(value.href)] : [];
  return [...own, ...Object.values(value).flatMap(hrefs)];
}

// Only what grows with the square of the length takes longer than this, on however busy a machine.
test('long hostile texts are read in no time', { timeout: 120_000 }, () => {
  const nasty = [
    '[',
    '*a ',
    '**',
    '_',
    '`',
    '> ',
    '- ',
    '{{',
    '<',
    '![](',
    '|',
    '~~a',
    '[a](',
    '\\',
    '`'.repeat(63) + ' ',
  ];
  for (const piece of nasty) {
    const began = performance.now();
    const read: Block[] = blocks(piece.repeat(60_000 / piece.length));
    expect(read.length).toBeGreaterThan(0);
    expect(performance.now() - began, piece).toBeLessThan(8000);
  }
  const lines = performance.now();
  blocks('- a\n\n> b | c\n'.repeat(8000));
  expect(performance.now() - lines).toBeLessThan(8000);
});

test('the words are all still there', () => {
  const source = 'a [b](nowhere) *c';
  expect(bare(inline(source))).toBe('a [b](nowhere) *c');
});
