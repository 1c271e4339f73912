import { expect, test } from 'vitest';
import { ownSecretProblem } from './own';

test('a secret of one’s own is taken or refused with a reason', () => {
  expect(ownSecretProblem(` whsec_${btoa('x'.repeat(24))}`)).toBeNull();
  expect(ownSecretProblem('abc')).toContain('whsec_');
  expect(ownSecretProblem('whsec_%%%')).toContain('base64');
  expect(ownSecretProblem(`whsec_${btoa('x'.repeat(23))}`)).toContain('23');
  expect(ownSecretProblem(`whsec_${btoa('x'.repeat(65))}`)).toContain('65');
});
