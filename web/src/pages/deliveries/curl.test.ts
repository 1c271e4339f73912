import { execFileSync } from 'node:child_process';
import { describe, expect, it } from 'vitest';
import { curl, quoted } from './curl';

const sent = (more: Partial<Parameters<typeof curl>[0]>) =>
  curl({ method: 'POST', url: 'https://example.com/hook', headers: [], body: '', ...more });

/** What a shell makes of the command: the arguments that curl gets. */
const read = (command: string) =>
  execFileSync('/bin/sh', ['-c', `curl() { for word; do printf '%s\\0' "$word"; done; }\n${command}`])
    .toString()
    .split('\0')
    .slice(0, -1);

describe('curl', () => {
  it('says what was sent', () => {
    expect(sent({ headers: [{ name: 'webhook-id', value: 'e-1' }], body: '{"a":1}' })).toBe(
      "curl -X POST 'https://example.com/hook' \\\n  -H 'webhook-id: e-1' \\\n  --data-raw '{\"a\":1}'",
    );
  });

  it('survives the shell', () => {
    const hostile = `it's "quoted" $(rm -rf /) \`id\` \\ ! \n %s ; & | <tag> é 🙂`;
    const command = sent({
      url: "https://example.com/a'b?c=[1]&d=$HOME",
      headers: [{ name: 'x-note', value: hostile.replace('\n', '') }],
      body: `@${hostile}`,
    });
    expect(read(command)).toEqual([
      '-X',
      'POST',
      "https://example.com/a'b?c=[1]&d=$HOME",
      '--globoff',
      '-H',
      `x-note: ${hostile.replace('\n', '')}`,
      '--data-raw',
      `@${hostile}`,
    ]);
  });

  it('leaves the length to curl and keeps empty headers', () => {
    const headers = [
      { name: 'Content-Length', value: '7' },
      { name: 'x-empty', value: '' },
    ];
    expect(read(sent({ headers }))).toEqual(['-X', 'POST', 'https://example.com/hook', '-H', 'x-empty;']);
  });

  it('takes a long body from a file', () => {
    expect(read(sent({ body: 'x'.repeat(200_000) })).slice(-2)).toEqual(['--data-binary', '@body.json']);
  });

  it('quotes quotes', () => {
    expect(quoted("it's")).toBe(`'it'\\''s'`);
  });
});
