import type { Shape } from '../../api/client';
import { clause, sentence } from '../../api/errors';
import { many } from '../../words/numbers';
import { span } from '../../words/time';
import { isExplained, isOfSettings } from '../integrations/faults';
import type { Row } from './rows';
import { keepsPlace } from './words';

type Attempt = Shape['AttemptView'];
type Integration = Shape['IntegrationView'];

/** What would help. */
export type Help = 'resume' | 'release' | 'redeliver' | 'integration';

export interface Why {
  sentence: string;
  help?: Help;
}

/** A due delivery that has waited for longer than this waits for something. */
const LATE_MS = 10_000;

/** Why a delivery isn't delivered, in one sentence, and what helps. Nothing when it is. */
export function why(
  row: Row,
  attempts: Attempt[],
  integration: Integration | undefined,
  now: number,
): Why | undefined {
  const last = attempts.at(-1);
  switch (row.status) {
    case 'held':
      return held(row, integration);
    case 'scheduled':
      return scheduled(row, last, integration, now);
    case 'exhausted':
      return {
        sentence: `${many(attempts.length, 'attempt')} failed and no more follow; ${last ? `at the last one ${clause(last.message)}` : 'nothing is known of them any more'}.`,
        help: isOfSettings(last?.outcome) ? 'integration' : 'redeliver',
      };
    case 'cancelled':
      return { sentence: `Cancelled by ${row.reason || 'somebody'}.`, help: 'redeliver' };
    case 'expired':
      return { sentence: 'It waited for longer than deliveries are kept.', help: 'redeliver' };
    default:
      return undefined;
  }
}

function held(row: Row, integration: Integration | undefined): Why {
  if (integration?.status === 'active')
    return { sentence: 'Held, though its integration sends again.', help: 'release' };
  if (row.reason === 'disabled' || integration?.status === 'disabled') {
    const reason = integration?.statusReason;
    return {
      sentence: `Held, because Postern disabled the integration${reason ? `: ${lower(sentence(reason))}` : '.'}`,
      help: 'resume',
    };
  }
  return { sentence: 'Held, because its integration is paused.', help: 'resume' };
}

function scheduled(
  row: Row,
  last: Attempt | undefined,
  integration: Integration | undefined,
  now: number,
): Why {
  const due = row.nextAttemptAt ? Date.parse(row.nextAttemptAt) : now;
  if (integration && integration.status !== 'active')
    return { sentence: `Its integration is ${integration.status}, so it will be held.`, help: 'resume' };
  const blocked = integration?.notBefore ? Date.parse(integration.notBefore) : 0;
  if (blocked > now)
    return {
      sentence: `The receiver asked to be left alone for another ${span((blocked - now) / 1000)}.`,
    };
  if (now - due > LATE_MS && !keepsPlace(row)) return late(integration);
  if (!last || row.attemptCount === 0) return { sentence: 'It has not had its turn yet.' };
  return {
    // A connector says itself what its service's answer means.
    sentence: isExplained(last) ? sentence(last.message) : last.help,
    help: isOfSettings(last.outcome) ? 'integration' : 'redeliver',
  };
}

function late(integration: Integration | undefined): Why {
  const failed = integration?.failedAttempts ?? 0;
  if (integration?.failingSince && failed > 4)
    return {
      sentence: `The receiver has failed ${failed} times in a row, so it is tried with one delivery at a time until it answers.`,
      help: 'integration',
    };
  if (integration?.options.order === 'strict' || integration?.options.order === 'by_key')
    return {
      sentence: 'Its integration keeps the order: it waits for one that came before it.',
      help: 'integration',
    };
  return { sentence: 'It is due, and waits for others of its integration to be sent first.' };
}

const lower = (text: string) => text.charAt(0).toLowerCase() + text.slice(1);

/** How many attempts the schedule has in all: twelve, unless the integration has one of its own. */
export const attemptsOf = (integration: Integration | undefined): number =>
  (integration?.options.retries?.length ?? 11) + 1;
