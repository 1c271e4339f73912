import { describe, expect, test } from 'vitest';
import { readWaits, spanOf, writeWaits } from './waits';

describe('pauses between attempts', () => {
  test('are read as people write them', () => {
    expect(readWaits('5, 30s, 2 min; 10m, 1 h,1d')).toEqual({ seconds: [5, 30, 120, 600, 3600, 86_400] });
  });
  test('that make no sense say why', () => {
    expect(readWaits('')).toHaveProperty('problem');
    expect(readWaits('5 s, soon')).toEqual({
      problem: '“soon” is not a pause: write 30 s, 5 min, 2 h or 1 d',
    });
    expect(readWaits('0 s')).toHaveProperty('problem');
    expect(readWaits('8 d')).toHaveProperty('problem');
    expect(readWaits(Array(51).fill('1 s').join(','))).toHaveProperty('problem');
  });
  test('are written so that they are read back', () => {
    const seconds = [5, 30, 120, 600, 5400, 7200, 86_400];
    expect(writeWaits(seconds)).toBe('5 s, 30 s, 2 min, 10 min, 90 min, 2 h, 1 d');
    expect(readWaits(writeWaits(seconds))).toEqual({ seconds });
  });
  test('take so long in all', () => {
    expect(spanOf([5, 30])).toBe('35 s');
    expect(spanOf([7200])).toBe('2 h');
    expect(spanOf([86_400, 86_400, 17_280])).toBe('2.2 d');
  });
});
