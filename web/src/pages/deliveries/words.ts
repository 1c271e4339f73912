import { kindOf } from '../../words/kinds';
import type { Row } from './rows';

/** Kinds of events that no integration is made for, or that only Postern itself tells. */
const OTHERS: Record<string, string> = {
  test: 'Test',
  integration_failing: 'Integration failing',
  integration_disabled: 'Integration disabled',
};

/** Every kind of event, as it is chosen from. */
export const EVENTS = [
  'collection_backup',
  'collection_activity',
  'team_activity',
  'monitor_results',
  'custom',
  'integration_failing',
  'integration_disabled',
  'test',
];

export const kindName = (event: string): string => OTHERS[event] ?? kindOf(event).short;

/** What a delivery is called: what it tells. */
export const titleOf = ({ event, type }: { event: string; type?: string | null }): string =>
  type || kindName(event);

/** The state as people name it: what is tried again is not just scheduled. */
export const stateName = ({ status, attemptCount }: Row): string =>
  status === 'scheduled' && attemptCount > 0 ? 'retrying' : status;

/** Whether something went wrong that somebody may want to look at. */
export const isFailure = (row: Row): boolean => ['exhausted', 'retrying'].includes(stateName(row));

export const isOver = ({ status }: Row): boolean => status !== 'scheduled' && status !== 'held';
