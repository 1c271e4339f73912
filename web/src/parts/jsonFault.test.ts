import { expect, test } from 'vitest';
import { jsonFault } from './jsonFault';

test('right and empty texts have no fault', () => {
  expect(jsonFault('')).toBeUndefined();
  expect(jsonFault(' {"a": [1, null]} ')).toBeUndefined();
});

test('a fault has its place', () => {
  const fault = jsonFault('{\n  "a": 1,\n  b: 2\n}');
  expect(fault?.at).toBe(14);
  expect(fault?.message).not.toContain('position');
});

test('variables stand anywhere only where they may', () => {
  const text = '{"id": {{id}}, "name": "{{name}}"}';
  expect(jsonFault(text)).toBeDefined();
  expect(jsonFault(text, true)).toBeUndefined();
  expect(jsonFault('{"id": {{id}},, }', true)?.at).toBe(14);
});
