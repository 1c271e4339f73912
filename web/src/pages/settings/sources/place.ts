import type { Shape } from '../../../api/client';

export type Source = Shape['SourceView'];

export const TYPES = [
  {
    value: 'url',
    label: 'Address',
    text: 'A file behind a URL: OpenAPI, Postman, HAR, Insomnia, Bruno, cURL',
  },
  { value: 'directory', label: 'Folder', text: "A folder on the server's disk, such as a Git working copy" },
  { value: 'postman', label: 'Postman', text: "Postman's API, or that of another Postern" },
] as const;

/** Where a source looks, in a line. */
export function placeOf({ type, url, path, baseUrl, sourceWorkspace }: Source): string {
  if (type === 'url') return url ?? '';
  if (type === 'directory') return path ?? '';
  return `${baseUrl ?? 'https://api.getpostman.com'}${sourceWorkspace ? `, workspace ${sourceWorkspace}` : ''}`;
}

export const OFTEN = [
  { value: '60', label: 'Every minute' },
  { value: '300', label: 'Every 5 minutes' },
  { value: '3600', label: 'Every hour' },
  { value: '86400', label: 'Every day' },
  { value: '0', label: 'Only on demand' },
];

/** `Name: value` lines of headers; what is no such line is told. */
export function headersOf(text: string): { headers: Record<string, string>; fault?: string } {
  const headers: Record<string, string> = {};
  for (const raw of text.split(/\r?\n/)) {
    const line = raw.trim();
    if (line === '') continue;
    const match = /^([\w!#$%&'*+.^`|~-]+)\s*:\s*(.*)$/.exec(line);
    if (!match) return { headers, fault: `“${line.slice(0, 40)}” is not Name: value` };
    headers[match[1]!] = match[2]!;
  }
  return { headers };
}

export const linesOf = (headers: Record<string, string> | null | undefined): string =>
  Object.entries(headers ?? {})
    .map(([name, value]) => `${name}: ${value}`)
    .join('\n');
