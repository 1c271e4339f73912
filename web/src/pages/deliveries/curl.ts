interface Sent {
  method: string;
  url: string;
  headers: { name: string; value: string }[];
  body: string;
}

/** Above this a shell may refuse the argument: Linux takes 128 KiB. */
const MOST_IN_ARGUMENT = 100_000;

/** A word as a POSIX shell reads it back: nothing means anything between single quotes. */
export const quoted = (word: string): string => `'${word.replaceAll("'", `'\\''`)}'`;

/** Whether the body has to be in a file of its own. */
export const needsFile = (body: string): boolean => new Blob([body]).size > MOST_IN_ARGUMENT;

/** The name of that file, as the command says it. */
export const BODY_FILE = 'body.json';

/** A request as a command for a shell. curl itself says how long the body is. */
export function curl({ method, url, headers, body }: Sent): string {
  const lines = [`curl -X ${method} ${quoted(url)}`];
  // curl would take brackets and braces in a URL for patterns.
  if (/[[\]{}]/.test(url)) lines[0] += ' --globoff';
  for (const { name, value } of headers) {
    if (/^(content-length|host)$/i.test(name)) continue;
    // `Name:` takes a header away; `Name;` sends it empty.
    lines.push(`-H ${quoted(value === '' ? `${name};` : `${name}: ${value}`)}`);
  }
  if (body !== '') lines.push(needsFile(body) ? `--data-binary @${BODY_FILE}` : `--data-raw ${quoted(body)}`);
  return lines.join(' \\\n  ');
}
