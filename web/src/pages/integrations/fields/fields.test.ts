import { readdirSync, readFileSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import { Refused } from '../../../api/errors';
import type { Field } from '../connectors/connector';
import { blamed } from './blame';
import { expressionOf, fieldProblem } from './checks';
import { startOf, writtenOf } from './values';

const field = (more: object = {}): Field =>
  ({
    key: 'it',
    label: 'It',
    type: 'text',
    help: '',
    required: true,
    secret: false,
    ...more,
  }) as unknown as Field;

// The same cases as in crates/catalogue/src/field.rs, so that both say the same.
describe('a value', () => {
  test.each<[object, string, string]>([
    [{}, 'a', ''],
    [{}, '  ', 'missing'],
    [{ required: false }, '', ''],
    [{}, 'a\nb', 'line break'],
    [{}, 'a'.repeat(3000), '2048'],
    [{ type: 'lines' }, 'a\n b \n', ''],
    [{ type: 'lines' }, 'ä'.repeat(9000), '16 KiB'],
    [{ type: 'url' }, 'https://example.com/a?b=c', ''],
    [{ type: 'url' }, 'example.com', 'no URL'],
    [{ type: 'url' }, 'ftp://example.com', 'http'],
    [{ type: 'url' }, 'https://u:p@example.com', 'password'],
    [{ type: 'url' }, 'https://example.com/#', 'fragment'],
    [{ type: 'email' }, 'mia@example.com', ''],
    [{ type: 'email' }, 'mia', 'address'],
    [{ type: 'email' }, '@example.com', 'address'],
    [{ type: 'email' }, 'mia@example..com', 'address'],
    [{ type: 'emails' }, 'a@b.c, d@e.f', ''],
    [{ type: 'emails' }, 'a@b.c,', 'address'],
    [{ type: 'number', min: 1, max: 5 }, '5', ''],
    [{ type: 'number', min: 1, max: 5 }, '0', 'at least 1'],
    [{ type: 'number', min: 1, max: 5 }, '6', 'at most 5'],
    [{ type: 'number' }, '1.5', 'whole'],
    [{ type: 'choice', choices: [{ value: 'eu', label: 'EU' }] }, 'eu', ''],
    [{ type: 'choice', choices: [{ value: 'eu', label: 'EU' }] }, 'us', 'one of eu'],
    [{ pattern: 'xox.-.+', says: 'it begins with xox' }, 'xoxb-1', ''],
    [{ pattern: 'xox.-.+', says: 'it begins with xox' }, '1 xoxb-1', 'It begins with xox'],
    [{ pattern: 'xox.-.+', says: 'it begins with xox', secret: true }, '••••••••', ''],
    [{ pattern: 'a|b', says: 'a or b' }, 'ab', 'A or b'],
    [{ pattern: '(?P<a>x)', says: 'only Rust reads it' }, 'y', ''],
  ])('of %j: %j', (more, value, says) => {
    const told = fieldProblem(field(more), value);
    if (says === '') expect(told).toBeNull();
    else expect(told).toContain(says);
  });

  test('of a switch is never wrong', () =>
    expect(fieldProblem(field({ type: 'boolean' }), false)).toBeNull());
});

test('a browser reads the pattern of every connector', () => {
  const folder = new URL('../../../../../connectors/', import.meta.url);
  const read = (name: string) => {
    try {
      return readFileSync(new URL(`${name}/connector.toml`, folder), 'utf8');
    } catch {
      return '';
    }
  };
  const patterns = readdirSync(folder)
    .flatMap((name) => [...read(name).matchAll(/^pattern = (?:'(.*)'|(".*"))$/gm)])
    .map(([, raw, quoted]) => raw ?? (JSON.parse(quoted!) as string));
  expect(patterns.length).toBeGreaterThan(50);
  expect(patterns.filter((pattern) => !expressionOf(pattern))).toEqual([]);
});

describe('a form', () => {
  const fields = [
    field({ key: 'url', type: 'url', required: false, default: 'https://ntfy.sh' }),
    field({ key: 'token', secret: true, required: false }),
    field({ key: 'priority', type: 'number', required: false, default: 8 }),
    field({ key: 'quiet', type: 'boolean', required: false, default: true }),
    field({ key: 'rules', type: 'lines', required: false }),
  ];
  test('begins with what is stored, or the defaults', () => {
    expect(startOf(fields)).toEqual({
      url: 'https://ntfy.sh',
      token: '',
      priority: '8',
      quiet: true,
      rules: '',
    });
    expect(startOf(fields, { token: '••••••••', priority: 3, quiet: false })).toMatchObject({
      token: '••••••••',
      priority: '3',
      quiet: false,
    });
  });
  test('tells what was written and leaves out what is empty', () => {
    const values = { url: ' ', token: ' tk_1 ', priority: '0', quiet: false, rules: ' a\n' };
    expect(writtenOf(fields, values)).toEqual({
      token: 'tk_1',
      priority: 0,
      quiet: false,
      rules: ' a\n',
    });
  });
});

describe('what the server blames', () => {
  const refused = (param: string, message: string) =>
    new Refused(400, 'invalidParamsError', `${param}: ${message}`, { param });
  const keys = ['url', 'topic', 'token'];
  test('is said at each of the fields', () => {
    const error = refused(
      'integration.config.fields.url',
      'it is the address alone, like https://ntfy.sh; the topic has its own field; topic: it is missing; token: it begins with tk_',
    );
    expect(blamed(error, keys)).toEqual({
      'fields.url': 'It is the address alone, like https://ntfy.sh; the topic has its own field',
      'fields.topic': 'It is missing',
      'fields.token': 'It begins with tk_',
    });
  });
  test('is found among the other fields, too', () => {
    expect(blamed(refused('integration.config.url', 'it begins with https://'))).toEqual({
      url: 'It begins with https://',
    });
    expect(blamed(refused('integration.monitor', 'not found'))).toEqual({ target: 'Not found' });
  });
  test('is nothing where the form has no such field', () => {
    expect(blamed(refused('integration.config.fields.zz', 'there is no such field'), keys)).toEqual({});
    expect(blamed(refused('integration.event', 'ntfy can’t tell it'), keys)).toEqual({});
  });
});
