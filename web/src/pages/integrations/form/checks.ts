import { fieldsFor, hasForm, type Connector } from '../connectors/connector';
import { fieldProblem, patternProblem } from '../fields/checks';
import { urlProblem } from './url';
import type { Values } from './values';
import { readWaits } from './waits';

const HEADER_NAME = /^[A-Za-z0-9!#$%&'*+\-.^_`|~]+$/;
const RESERVED = ['host', 'content-length', 'transfer-encoding', 'connection', 'upgrade', 'te', 'trailer'];
const TYPE = /^[A-Za-z0-9._\-/:*]{1,128}$/;

/** What is wrong with the fields, by the field's path; the server checks the same. */
export function problemsOf(values: Values, connector?: Connector, kind = ''): Record<string, string> {
  const found: Record<string, string> = {};
  const say = (field: string, problem: string | null | undefined | false) => {
    if (problem) found[field] = problem;
  };
  say('name', values.name.trim() === '' && 'Give it a name, so that your team can tell it apart');
  say('name', values.name.trim().length > 255 && 'At most 255 characters');
  if (hasForm(connector))
    for (const field of fieldsFor(connector, kind))
      say(`fields.${field.key}`, fieldProblem(field, values.fields[field.key]));
  else say('url', receiverProblem(values.url, connector));
  if (values.notify === 'custom') {
    say('from', !isWhole(values.from, 1, 1000) && 'A number from 1 to 1000');
    say(
      'limit',
      values.limit !== '' && !isWhole(values.limit, 1, 1000) && 'A number from 1 to 1000, or nothing',
    );
  }
  const odd = values.types.find((pattern) => !TYPE.test(pattern));
  say('types', odd && `“${odd}” is not a pattern: letters, digits and . _ - / : *`);
  values.headers.forEach((header, at) => {
    const name = header.name.trim();
    if (!name && !header.value) return;
    say(`headers.${at}.name`, headerProblem(name, values.auth.type !== 'none'));
    say(`headers.${at}.value`, hasControl(header.value) && 'No line breaks or control characters');
    const twice = values.headers.some(
      (other, before) => before < at && other.name.trim().toLowerCase() === name.toLowerCase(),
    );
    say(`headers.${at}.name`, twice && 'Named twice');
  });
  checkAuth(values.auth, say);
  if (values.schedule === 'own') {
    const waits = readWaits(values.waits);
    say('waits', 'problem' in waits && waits.problem);
  }
  say('timeout', !isWhole(values.timeout, 1, 120) && '1 to 120 seconds');
  say('concurrency', values.concurrency !== '' && !isWhole(values.concurrency, 1, 100) && '1 to 100');
  say('rate', values.rate !== '' && !isWhole(values.rate, 1, 10_000) && '1 to 10,000');
  for (const part of ['ca', 'certificate', 'key'] as const) {
    const pem = values.tls[part].trim();
    say(
      `tls.${part}`,
      pem && !isMask(pem) && !pem.includes('-----BEGIN ') && 'PEM: it begins with -----BEGIN',
    );
  }
  say('tls.key', values.tls.certificate.trim() && !values.tls.key.trim() && 'A certificate needs its key');
  say(
    'tls.certificate',
    values.tls.key.trim() && !values.tls.certificate.trim() && 'A key needs its certificate',
  );
  return found;
}

/** What is wrong with the receiver's URL, or with the URL of the service that it is a webhook for. */
export function receiverProblem(url: string, connector?: Connector): string | null {
  const field = connector?.fields[0];
  return urlProblem(url) ?? (field ? patternProblem(field, url.trim()) : null);
}

function checkAuth(auth: Values['auth'], say: (field: string, problem: string | null | false) => void) {
  if (auth.type === 'basic') {
    say('auth.username', auth.username.trim() === '' && 'A user name');
    say('auth.username', auth.username.includes(':') && 'It can’t hold a colon');
  }
  if (auth.type === 'bearer') say('auth.token', auth.token.trim() === '' && 'The token');
  if (auth.type === 'oauth2') {
    say('auth.tokenUrl', urlProblem(auth.tokenUrl));
    say('auth.clientId', auth.clientId.trim() === '' && 'The client’s id');
    say('auth.clientSecret', auth.clientSecret === '' && 'The client’s secret');
  }
}

function headerProblem(name: string, hasAuth: boolean): string | null {
  const lower = name.toLowerCase();
  if (name === '') return 'A name';
  if (!HEADER_NAME.test(name)) return 'Not a header’s name';
  if (RESERVED.includes(lower) || lower.startsWith('webhook-') || lower.startsWith('postern-'))
    return 'Set by Postern itself';
  return lower === 'authorization' && hasAuth ? 'Set above already' : null;
}

const isWhole = (value: number | string, least: number, most: number) =>
  value !== '' && Number.isInteger(Number(value)) && Number(value) >= least && Number(value) <= most;

/** What stands in the place of a stored secret. */
export const isMask = (text: string) => /^•+$/.test(text);

const hasControl = (text: string) => [...text].some((letter) => letter < ' ' || letter === '\u007f');

/** In which part of the advanced options a field is. */
export const isAdvanced = (field: string) =>
  !/^(name|target|url|notify|from|limit|types|digestCron|fields\..+)$/.test(field);

/** The form's field that the server blames. */
export function fieldBlamed(param: string | undefined): string | undefined {
  const field = param?.replace(/^integration\.(config\.|options\.)?/, '');
  switch (field) {
    case 'workspace':
    case 'collection':
    case 'monitor':
      return 'target';
    case 'retries':
      return 'waits';
    case 'digest':
      return 'digestCron';
    case 'name':
    case 'url':
    case 'types':
    case 'timeout':
    case 'concurrency':
    case 'rate':
      return field;
    default:
      return undefined;
  }
}
