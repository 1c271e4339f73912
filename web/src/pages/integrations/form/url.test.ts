import { describe, expect, test } from 'vitest';
import { urlNote, urlProblem } from './url';

describe('a receiver’s URL', () => {
  test.each(['https://example.com/hook', 'http://127.0.0.1:8080', 'https://bücher.example/?a=b'])(
    '%s is taken',
    (url) => expect(urlProblem(url)).toBeNull(),
  );
  test.each([
    ['', 'full URL'],
    ['example.com', 'Begin with https://'],
    ['ftp://example.com', 'http or https'],
    ['https://u:p@example.com', 'user and password'],
    ['https://example.com/#x', '#'],
    ['https://exa mple.com/', 'spaces'],
    [`https://example.com/${'x'.repeat(2100)}`, '2048'],
  ])('%s is refused', (url, says) => expect(urlProblem(url)).toContain(says));
  test('may be typed letter by letter without a word', () => {
    const url = 'https://example.com';
    for (let end = 0; end <= url.length; end += 1) expect(urlProblem(url.slice(0, end), true)).toBeNull();
    expect(urlProblem('exa', true)).toBe('Begin with https://');
  });
  test('that is private or not encrypted says so', () => {
    expect(urlNote('http://127.0.0.1:9/x')).toContain('private');
    expect(urlNote('https://queue.internal/x')).toContain('private');
    expect(urlNote('http://example.com')).toContain('Not encrypted');
    expect(urlNote('https://10.example.com')).toBeNull();
    expect(urlNote('https://example.com')).toBeNull();
    expect(urlNote('nonsense')).toBeNull();
  });
});
