import { clause } from '../../../api/errors';
import { many } from '../../../words/numbers';
import { ago, exact, span } from '../../../words/time';
import { isOfSettings } from '../faults';
import type { IntegrationView } from '../standing';

/** What is known of an integration when somebody asks why it doesn't deliver. */
export interface Findings {
  integration: IntegrationView;
  /** How many deliveries are held, and how many wait to be sent. */
  held: number;
  waiting: number;
  /** When the next attempt is due. */
  nextAt?: string | null;
  /** The last attempt, where the newest delivery that was tried failed. */
  trouble?: Attempt | undefined;
  /** When something was last accepted for it. */
  lastAt?: string | null;
  /** Whether others have been told events of its kind. */
  othersHear?: boolean;
  /** The monitor that it is about. */
  monitor?: { name: string; active: boolean; hasRun: boolean; failureStreak: number } | undefined;
}

interface Attempt {
  outcome: string;
  message: string;
  help: string;
  status?: number | null | undefined;
  steps?: unknown[] | undefined;
}

/** What would help: the button beside the sentence. */
export type Help = 'resume' | 'release' | 'settings' | 'transform' | 'test' | 'monitor' | 'deliveries';

export interface Diagnosis {
  tone: 'ok' | 'bad' | 'warn' | 'mute' | 'info';
  sentence: string;
  help?: Help;
}

/** Why an integration doesn't deliver, in one sentence, and what helps; or that it does. */
export function diagnose(found: Findings, now = Date.now()): Diagnosis {
  const { integration: it, held, waiting } = found;
  const rest = held > 0 ? ` ${counted(held)} ${held === 1 ? 'waits' : 'wait'} for you.` : '';
  const help = held > 0 ? ('release' as const) : ('resume' as const);
  if (it.status === 'disabled')
    return {
      tone: 'bad',
      sentence: `Postern switched it off: ${clause(it.statusReason ?? 'no reason is known')}.${rest}`,
      help,
    };
  if (it.status === 'paused')
    return { tone: 'warn', sentence: `It is paused, so what is due is held.${rest}`, help };
  if (it.notBefore && Date.parse(it.notBefore) > now)
    return {
      tone: 'warn',
      sentence: `The receiver asked for a pause until ${exact(it.notBefore)}; nothing is sent before, and no attempt is spent.`,
    };
  if (it.failingSince)
    return {
      tone: 'bad',
      sentence: `${many(it.failedAttempts, 'attempt has', 'attempts have')} failed in ${span((now - Date.parse(it.failingSince)) / 1000)}${lastly(found.trouble)}.${next(found, now)}`,
      help: helpFor(found.trouble),
    };
  if (held > 0)
    return {
      tone: 'info',
      sentence: `${counted(held)} that were held are being released.`,
      help: 'deliveries',
    };
  if (waiting > 0)
    return {
      tone: 'info',
      sentence: `${counted(waiting)} ${waiting === 1 ? 'is' : 'are'} on the way.${next(found, now)}`,
      help: 'deliveries',
    };
  if (!found.lastAt) return silent(found);
  return { tone: 'ok', sentence: `It delivers. The last event came ${ago(found.lastAt, now)}.` };
}

/** It has never had anything to deliver. */
function silent({ integration: it, othersHear, monitor }: Findings): Diagnosis {
  if (monitor && !monitor.active)
    return { tone: 'warn', sentence: `Its monitor, ${monitor.name}, is paused.`, help: 'monitor' };
  if (monitor && !monitor.hasRun)
    return { tone: 'mute', sentence: `Its monitor, ${monitor.name}, has not run yet.`, help: 'monitor' };
  if (it.event === 'monitor_results' && it.options.notify === 'failures') {
    const from = it.options.from ?? 1;
    return {
      tone: 'mute',
      sentence: `It tells failures only, from ${from === 1 ? 'the first' : `number ${from}`} in a row, and there ${monitor ? `have been ${monitor.failureStreak}` : 'have been none so far'}.`,
      help: 'test',
    };
  }
  if (othersHear)
    return {
      tone: 'warn',
      sentence: 'There were events of its kind, but none that it is about.',
      help: 'settings',
    };
  return {
    tone: 'mute',
    sentence: `${WAITS_FOR[it.event] ?? 'No event of its kind has happened yet.'}`,
    help: 'test',
  };
}

const WAITS_FOR: Record<string, string> = {
  collection_backup: 'There is no collection to back up yet.',
  collection_activity: 'No collection has been changed since it was added.',
  team_activity: 'Nothing has been changed in the team since it was added.',
  monitor_results: 'No monitor has run since it was added.',
  custom: 'Nobody has published an event since it was added.',
  integration_failing: 'No other integration has been failing for an hour since it was added.',
  integration_disabled: 'No other integration has been disabled since it was added.',
};

const counted = (count: number) => many(count, 'delivery', 'deliveries');

const lastly = (trouble: Attempt | undefined) =>
  trouble ? `, the last one because ${clause(trouble.message)}` : '';

const next = ({ nextAt }: Findings, now: number) => (nextAt ? ` The next try is ${due(nextAt, now)}.` : '');

const due = (at: string, now: number) => (Date.parse(at) <= now ? 'due now' : ago(at, now));

function helpFor(trouble: Attempt | undefined): Help {
  if (trouble?.outcome === 'transform_failed') return 'transform';
  return isOfSettings(trouble?.outcome) ? 'settings' : 'test';
}
