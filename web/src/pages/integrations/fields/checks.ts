import { isMask } from '../form/checks';
import type { Field } from '../connectors/connector';
import type { FieldValue } from './values';

const MOST_IN_LINE = 2048;
const MOST_IN_LINES = 16 * 1024;
const MOST_ADDRESSES = 50;

/** What is wrong with what stands in a field, in the words of the server, which checks the same. */
export function fieldProblem(field: Field, value: FieldValue | undefined): string | null {
  if (typeof value === 'boolean') return null;
  const text = field.type === 'lines' ? (value ?? '') : (value ?? '').trim();
  if (text === '') return field.required ? 'It is missing' : null;
  // What is stored was right when it was stored.
  if (field.secret && isMask(text)) return null;
  if (field.type === 'number') return numberProblem(field, text);
  return lengthProblem(field, text) ?? kindProblem(field, text) ?? patternProblem(field, text);
}

function numberProblem({ min, max }: Field, text: string): string | null {
  if (!/^[+-]?\d+$/.test(text)) return 'It is a whole number';
  if (min != null && Number(text) < min) return `It is at least ${min}`;
  return max != null && Number(text) > max ? `It is at most ${max}` : null;
}

function lengthProblem({ type }: Field, text: string): string | null {
  if (type === 'lines') return new Blob([text]).size > MOST_IN_LINES ? 'It has more than 16 KiB' : null;
  if ([...text].length > MOST_IN_LINE) return `It has more than ${MOST_IN_LINE} characters`;
  return /\p{Cc}/u.test(text) ? 'It holds a line break or another control character' : null;
}

function kindProblem({ type, choices }: Field, text: string): string | null {
  switch (type) {
    case 'url':
      return addressProblem(text);
    case 'email':
      return emailProblem(text);
    case 'emails': {
      const all = text.split(',').map((it) => it.trim());
      if (all.length > MOST_ADDRESSES) return `It has more than ${MOST_ADDRESSES} addresses`;
      return all.map(emailProblem).find(Boolean) ?? null;
    }
    case 'choice':
      return choices?.some(({ value }) => value === text)
        ? null
        : `It is one of ${(choices ?? []).map(({ value }) => value).join(', ')}`;
    default:
      return null;
  }
}

function addressProblem(text: string): string | null {
  let url: URL;
  try {
    url = new URL(text);
  } catch {
    return 'It is no URL (expected https://host/path)';
  }
  if (!['http:', 'https:'].includes(url.protocol) || !url.hostname)
    return 'It begins with http:// or https://';
  if (url.username || url.password) return 'It can’t carry a user and a password';
  return url.hash || text.includes('#') ? 'It can’t have a #fragment' : null;
}

function emailProblem(text: string): string | null {
  const at = text.lastIndexOf('@');
  const [local, domain] = [text.slice(0, Math.max(at, 0)), text.slice(at + 1)];
  const odd = /[\s\p{Cc}<>(),;:\\"@[\]]/u;
  const fits =
    at > 0 &&
    local.length <= 64 &&
    !odd.test(local) &&
    domain !== '' &&
    domain.length <= 253 &&
    !odd.test(domain) &&
    !/^\.|\.$|\.\./.test(domain);
  return fits ? null : `“${text}” is no e-mail address`;
}

/** The whole value must fit. The server's expressions are Rust's; one that a browser can't read is left to the server. */
export function patternProblem({ pattern, says }: Field, text: string): string | null {
  const expression = pattern == null ? undefined : expressionOf(pattern);
  if (!expression || expression.test(text)) return null;
  return says ? said(says) : 'It doesn’t look right';
}

export function expressionOf(pattern: string): RegExp | undefined {
  for (const flags of ['u', '']) {
    try {
      return new RegExp(`^(?:${pattern})$`, flags);
    } catch {
      // The other flags may do.
    }
  }
  return undefined;
}

/** A fragment of the server, as it begins a line. */
export const said = (text: string): string => text.charAt(0).toUpperCase() + text.slice(1);
