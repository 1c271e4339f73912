/** What the form holds, and how it becomes what the API takes. */
import type { Shape } from '../../../api/client';
import { Refused } from '../../../api/errors';
import { InvalidCron, nextTimes, parse } from '../schedule/cron';
import { isZone, ownZone } from '../schedule/zone';

export interface Values {
  name: string;
  collection: string;
  /** '' for none. */
  environment: string;
  workspace: string;
  cron: string;
  timezone: string;
  retry: string;
  /** In milliseconds; '' for none of its own. */
  timeout: number | '';
  delay: number | '';
  followRedirects: boolean;
  strictSsl: boolean;
  keepBodies: boolean;
  /** E-mail addresses with commas in between. */
  onFailure: string;
  onError: string;
  /** How many failures in a row they hear of; '' for all. */
  notificationLimit: number | '';
}

export const fresh = (collection = '', workspace = ''): Values => ({
  name: '',
  collection,
  environment: '',
  workspace,
  cron: '*/5 * * * *',
  timezone: ownZone(),
  retry: '0',
  timeout: '',
  delay: '',
  followRedirects: true,
  strictSsl: true,
  keepBodies: false,
  onFailure: '',
  onError: '',
  notificationLimit: '',
});

type People = { email: string }[];
const written = (people: People | undefined) => (people ?? []).map((it) => it.email).join(', ');
const emails = (text: string) =>
  text
    .split(',')
    .map((email) => email.trim())
    .filter((email) => email !== '');
const people = (text: string): People => emails(text).map((email) => ({ email }));

export const valuesOf = (it: Shape['MonitorView']): Values => ({
  name: it.name,
  collection: it.collectionUid,
  environment: it.environmentUid ?? '',
  workspace: '',
  cron: it.schedule.cron,
  timezone: it.schedule.timezone,
  retry: String(it.retry.attempts ?? 0),
  timeout: it.options.requestTimeout ?? '',
  delay: it.options.requestDelay ?? '',
  followRedirects: it.options.followRedirects,
  strictSsl: it.options.strictSsl,
  keepBodies: it.options.keepBodies,
  onFailure: written(it.notifications?.onFailure),
  onError: written(it.notifications?.onError),
  notificationLimit: it.notificationLimit ?? '',
});

export const bodyOf = (values: Values): Shape['MonitorBody'] => ({
  monitor: {
    name: values.name.trim(),
    collection: values.collection,
    environment: values.environment,
    schedule: { cron: values.cron.trim(), timezone: values.timezone },
    retry: { attempts: Number(values.retry) },
    options: {
      followRedirects: values.followRedirects,
      requestDelay: Number(values.delay || 0),
      requestTimeout: Number(values.timeout || 0),
      strictSsl: values.strictSsl,
      keepBodies: values.keepBodies,
    },
    notifications: { onFailure: people(values.onFailure), onError: people(values.onError) },
    notificationLimit: Number(values.notificationLimit || 0),
  },
});

export type Problems = Partial<Record<keyof Values, string>>;

/** What is wrong before anything is sent. */
export function check(values: Values): Problems {
  const problems: Problems = {};
  if (values.name.trim() === '') problems.name = 'A name';
  if (values.name.trim().length > 255) problems.name = 'No more than 255 characters';
  if (values.collection === '') problems.collection = 'The collection that it runs';
  if (!isZone(values.timezone)) problems.timezone = 'A time zone such as Europe/Berlin';
  for (const field of ['onFailure', 'onError'] as const) {
    const odd = emails(values[field]).find((email) => !/^[^@\s]+@[^@\s]+$/.test(email));
    if (odd) problems[field] = `${odd} is no e-mail address`;
  }
  try {
    const times = nextTimes(parse(values.cron), 'UTC', 1);
    if (times.length === 0) problems.cron = 'There is no day on which it comes';
  } catch (error) {
    if (error instanceof InvalidCron) problems.cron = error.message;
  }
  return problems;
}

/** Which field the server speaks of. */
const FIELDS: [RegExp, keyof Values][] = [
  [/time zone/, 'timezone'],
  [/^\$?\.?monitor\.name/, 'name'],
  [/^\$?\.?monitor\.collection/, 'collection'],
  [/^\$?\.?monitor\.environment/, 'environment'],
  [/^\$?\.?monitor\.schedule/, 'cron'],
  [/^\$?\.?monitor\.retry/, 'retry'],
  [/^\$?\.?monitor\.options\.requestTimeout/, 'timeout'],
  [/^\$?\.?monitor\.options\.requestDelay/, 'delay'],
  [/^\$?\.?monitor\.notifications\.onFailure/, 'onFailure'],
  [/^\$?\.?monitor\.notifications\.onError/, 'onError'],
  [/^\$?\.?monitor\.notificationLimit/, 'notificationLimit'],
];

/** The server's message, without the path that it begins with, at the field that it is about; none where it is about none. */
export function problemsOf(error: unknown): Problems {
  if (!(error instanceof Refused) || (error.status !== 400 && error.status !== 422)) return {};
  const found = FIELDS.find(([words]) => words.test(error.message));
  if (!found) return {};
  const text = error.message.replace(/^\$?\.?monitor(\.\w+)+:? /, '');
  return { [found[1]]: text.charAt(0).toUpperCase() + text.slice(1) };
}
