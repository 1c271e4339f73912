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
