import type { Shape } from '../../api/client';
import { exact } from '../../words/time';
import { many } from '../../words/numbers';

export type IntegrationView = Shape['IntegrationView'];
type StandingName = 'active' | 'failing' | 'paused' | 'disabled';

export interface Standing {
  state: StandingName;
  /** Why, in a sentence. */
  why: string;
}

/** How an integration stands, as people say it: one that is active and has had no success lately is failing. */
export function standing(it: IntegrationView): Standing {
  if (it.status === 'disabled')
    return { state: 'disabled', why: `Postern switched it off: ${it.statusReason ?? 'no reason is known'}.` };
  if (it.status === 'paused')
    return { state: 'paused', why: 'Somebody paused it. What is due is held until it is resumed.' };
  if (it.failingSince)
    return {
      state: 'failing',
      why: `${many(it.failedAttempts, 'attempt')} without a success since ${exact(it.failingSince)}.`,
    };
  return { state: 'active', why: 'It sends what happens.' };
}

/** The order in which states are listed: trouble first. */
export const STANDINGS: StandingName[] = ['failing', 'disabled', 'paused', 'active'];

/** A URL as it is read in a list: without `https://`. */
export const shortUrl = (url: string) => url.replace(/^https:\/\//, '');

/** Whether it sends webhooks, which are signed; the others speak as their service wants it. */
export const isWebhook = (it: IntegrationView) => it.config.url != null;

/** Where it goes, in a line: the URL of a webhook, or the first of what a connector's form says and is no secret. */
export function placeOf(it: IntegrationView): string {
  if (it.config.url != null) return shortUrl(it.config.url);
  const values = Object.values((it.config.fields ?? {}) as Record<string, unknown>);
  return values
    .filter((value): value is string => typeof value === 'string' && value.length > 1 && !/^•+$/.test(value))
    .slice(0, 2)
    .map(shortUrl)
    .join(' · ');
}
