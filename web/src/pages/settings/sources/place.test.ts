import { expect, it } from 'vitest';
import { headersOf, linesOf } from './place';

it('headers are lines, there and back', () => {
  const headers = { Authorization: 'Bearer a:b', Accept: 'text/yaml' };
  expect(headersOf(linesOf(headers))).toEqual({ headers });
  expect(headersOf('\n X-One :  1 \n')).toEqual({ headers: { 'X-One': '1' } });
});
it('what is no header is told', () => {
  expect(headersOf('Bearer abc').fault).toContain('Bearer abc');
});
