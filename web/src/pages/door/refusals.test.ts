import { expect, it } from 'vitest';
import { Refused } from '../../api/errors';
import { whyNot } from './refusals';

const tooOften = (seconds: number) =>
  new Refused(429, 'rateLimited', `too many wrong passwords; try again in ${seconds} seconds`);

it('tells a long wait in minutes', () => {
  expect(whyNot(tooOften(853))).toBe('Too many wrong passwords; try again in 15 min.');
  expect(whyNot(tooOften(45))).toBe('Too many wrong passwords; try again in 45 seconds.');
});
it('tells everything else as it is', () => {
  expect(whyNot(new Refused(401, 'AuthenticationError', 'the password is wrong'))).toBe(
    'The password is wrong.',
  );
  expect(whyNot('access_denied')).toBe('Access_denied.');
});
