import type { Refused } from '../../../api/errors';
import { fieldBlamed } from '../form/checks';
import { said } from './checks';

const FIELDS = 'integration.config.fields.';

/** The form's fields that the server blames, and why, without their names; nothing where it blames none of them. */
export function blamed(error: Refused, keys: string[] = []): Record<string, string> {
  const param = (error.details as { param?: string } | undefined)?.param ?? '';
  const problem = error.message.startsWith(`${param}: `)
    ? error.message.slice(param.length + 2)
    : error.message;
  if (param.startsWith(FIELDS)) {
    const first = param.slice(FIELDS.length);
    const all = several(first, problem, keys);
    // Of a field that the form doesn't have, the whole message is shown.
    return Object.keys(all).every((key) => keys.includes(key))
      ? Object.fromEntries(Object.entries(all).map(([key, why]) => [`fields.${key}`, said(why)]))
      : {};
  }
  const field = fieldBlamed(param);
  return field ? { [field]: said(problem) } : {};
}

/** "…; topic: …; token: …": what is wrong with the other fields stands behind what is wrong with the first. */
function several(first: string, problem: string, keys: string[]): Record<string, string> {
  const all: Record<string, string> = {};
  let key = first;
  let why = '';
  for (const part of problem.split('; ')) {
    const other = keys.find((it) => part.startsWith(`${it}: `));
    if (other && why !== '') {
      all[key] = why;
      [key, why] = [other, part.slice(other.length + 2)];
    } else why = why === '' ? part : `${why}; ${part}`;
  }
  return { ...all, [key]: why };
}
