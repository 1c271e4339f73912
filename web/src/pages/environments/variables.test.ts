import { describe, expect, it } from 'vitest';
import {
  areSame,
  emptyRow,
  fileOf,
  MASK,
  moved,
  parseLines,
  rowsOf,
  twice,
  valuesOf,
  withLines,
  withSecret,
} from './variables';

const stored = [
  { key: 'base', value: 'https://shop.example', type: 'default', enabled: true },
  { key: 'token', value: MASK, type: 'secret', enabled: false, description: 'kept' },
];

describe('variables', () => {
  it('go back as they came, with what is not known here', () => {
    expect(valuesOf(rowsOf(stored))).toEqual(stored);
    expect(areSame(valuesOf(rowsOf(stored)), stored)).toBe(true);
  });
  it('without rows in which nothing stands', () => {
    expect(valuesOf([...rowsOf(stored), emptyRow(), emptyRow({ key: ' ' })])).toEqual(stored);
  });
  it('do not become readable when they are no longer secret', () => {
    const [, token] = rowsOf(stored);
    expect(withSecret(token!, false)).toMatchObject({ value: '', secret: false });
    expect(withSecret({ ...token!, value: 'new' }, false).value).toBe('new');
  });
  it('change places, but not beyond the ends', () => {
    const rows = rowsOf(stored);
    expect(moved(rows, rows[1]!.id, -1).map((row) => row.key)).toEqual(['token', 'base']);
    expect(moved(rows, rows[1]!.id, 1)).toBe(rows);
  });
  it('of the same key are told when both hold', () => {
    const row = { key: 'base' };
    expect([...twice([emptyRow(row), emptyRow(row)])]).toEqual(['base']);
    expect([...twice([emptyRow(row), emptyRow({ ...row, enabled: false })])]).toEqual([]);
  });
});

describe('pasted lines', () => {
  it('are read as in .env files', () => {
    const text = '# the shop\nexport BASE=https://a.example/?x=1\nTOKEN="a b"\r\n\n#OLD=1\nname: Mia';
    expect(parseLines(text)).toEqual([
      { key: 'BASE', value: 'https://a.example/?x=1', enabled: true },
      { key: 'TOKEN', value: 'a b', enabled: true },
      { key: 'OLD', value: '1', enabled: false },
      { key: 'name', value: 'Mia', enabled: true },
    ]);
  });
  it('are nothing where they are something else', () => {
    expect(parseLines('just words')).toBeUndefined();
    expect(parseLines('https://shop.example/v1')).toBeUndefined();
    expect(parseLines('')).toBeUndefined();
  });
  it('change what has the key, and add the rest', () => {
    const rows = withLines(
      [...rowsOf(stored), emptyRow()],
      [
        { key: 'base', value: 'x', enabled: true },
        { key: 'new', value: 'y', enabled: true },
      ],
    );
    expect(rows.map(({ key, value }) => [key, value])).toEqual([
      ['base', 'x'],
      ['token', MASK],
      ['new', 'y'],
    ]);
  });
});

it('a file has no secrets and no masks', () => {
  expect(JSON.stringify(fileOf('Production', stored, 'environment'))).not.toContain(MASK);
});
