import { describe, expect, it } from 'vitest';
import { fromBase64, hexDump } from './hex';
import { curlTo, titleOf } from './words';

describe('hexDump', () => {
  it('shows place, bytes and letters', () => {
    const bytes = new Uint8Array([0x89, 0x50, 0x4e, 0x47, 0, 255, ...Array.from({ length: 11 }, () => 0x61)]);
    expect(hexDump(bytes).split('\n')).toEqual([
      '00000000  89 50 4e 47 00 ff 61 61 61 61 61 61 61 61 61 61  ·PNG··aaaaaaaaaa',
      '00000010  61                                               a',
    ]);
  });

  it('shows so many and no more, and nothing of nothing', () => {
    expect(hexDump(new Uint8Array(2000)).split('\n')).toHaveLength(32);
    expect(hexDump(fromBase64('')).length).toBe(0);
    expect(hexDump(fromBase64('ww=='))).toContain(' c3 ');
  });
});

describe('words', () => {
  it('calls a request by its event, else by where it went', () => {
    const request = { path: '/a', query: 'x=1' } as Parameters<typeof titleOf>[0];
    expect(titleOf(request)).toBe('/a?x=1');
    expect(titleOf({ ...request, event: 'monitor_results' })).toBe('Monitor results');
    expect(titleOf({ ...request, event: 'constructor' })).toBe('constructor');
  });

  it('quotes the address for a shell', () => {
    expect(curlTo("http://a/in/t'x")).toContain(`'http://a/in/t'\\''x'`);
  });
});
