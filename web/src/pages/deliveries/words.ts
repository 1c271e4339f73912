import { KIND_NAMES, kindOf } from '../../words/kinds';
import type { Row } from './rows';

/** The kinds of events, to choose from. */
export const KIND_CHOICES = [
  { value: '', label: 'All kinds' },
  ...KIND_NAMES.map((value) => ({ value, label: kindOf(value).short })),
];

/** What a delivery is called: what it tells. */
export const titleOf = ({ event, type }: { event: string; type?: string | null }): string =>
  type || kindOf(event).short;

/** The state as people name it: what is tried again is not just scheduled. */
export const stateName = ({ status, attemptCount }: Row): string =>
  status === 'scheduled' && attemptCount > 0 ? 'retrying' : status;

/** Whether something went wrong that somebody may want to look at. */
export const isFailure = (row: Row): boolean => ['exhausted', 'retrying'].includes(stateName(row));

export const isOver = ({ status }: Row): boolean => status !== 'scheduled' && status !== 'held';

/** Whether a delivery that failed keeps its place before others: when it is tried again is then not told. */
export const keepsPlace = ({ attemptCount, nextAttemptAt, createdAt }: Row): boolean =>
  attemptCount > 0 && nextAttemptAt != null && Date.parse(nextAttemptAt) <= Date.parse(createdAt);
