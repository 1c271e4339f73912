/** The plain choices that most schedules are, and their cron: both ways. */
import { WEEKDAYS } from './cron';

export type Plain =
  | { kind: 'minutes'; every: number }
  | { kind: 'hourly'; minute: number }
  | { kind: 'daily'; at: string }
  | { kind: 'weekdays'; at: string }
  | { kind: 'weekly'; days: number[]; at: string }
  | { kind: 'cron'; text: string };

export type Kind = Plain['kind'];

/** Steps that divide the hour: others would make a shorter one before each full hour. */
export const STEPS = [1, 2, 3, 4, 5, 6, 10, 12, 15, 20, 30];

/** "07". */
export const two = (value: number) => String(value).padStart(2, '0');

export function toCron(plain: Plain): string {
  switch (plain.kind) {
    case 'minutes':
      return plain.every === 1 ? '* * * * *' : `*/${plain.every} * * * *`;
    case 'hourly':
      return `${plain.minute} * * * *`;
    case 'daily':
      return `${clock(plain.at)} * * *`;
    case 'weekdays':
      return `${clock(plain.at)} * * 1-5`;
    case 'weekly':
      return `${clock(plain.at)} * * ${[...plain.days].sort((a, b) => a - b).join(',')}`;
    case 'cron':
      return plain.text;
  }
}

/** "09:30" as "30 9". */
function clock(at: string): string {
  const [hour, minute] = at.split(':').map(Number);
  return `${minute ?? 0} ${hour ?? 0}`;
}

/** The plain choice that an expression is; what is none of them stays cron. */
export function fromCron(text: string): Plain {
  const [minute = '', hour = '', day, month, weekday = '', ...more] = text.trim().toUpperCase().split(/\s+/);
  const custom: Plain = { kind: 'cron', text };
  if (day !== '*' || month !== '*' || more.length > 0) return custom;
  if (hour === '*' && weekday === '*') {
    if (minute === '*') return { kind: 'minutes', every: 1 };
    const step = /^\*\/(\d+)$/.exec(minute);
    if (step) return STEPS.includes(Number(step[1])) ? { kind: 'minutes', every: Number(step[1]) } : custom;
    return within(minute, 59) ? { kind: 'hourly', minute: Number(minute) } : custom;
  }
  if (!within(minute, 59) || !within(hour, 23)) return custom;
  const at = `${two(Number(hour))}:${two(Number(minute))}`;
  if (weekday === '*') return { kind: 'daily', at };
  if (weekday === '1-5' || weekday === 'MON-FRI') return { kind: 'weekdays', at };
  const days = weekday.split(',').map(weekdayOf);
  return days.every((it) => it !== undefined) ? { kind: 'weekly', days: [...new Set(days)], at } : custom;
}

const within = (text: string, most: number) => /^\d{1,2}$/.test(text) && Number(text) <= most;

function weekdayOf(text: string): number | undefined {
  if (/^[0-7]$/.test(text)) return Number(text) % 7;
  const at = WEEKDAYS.indexOf(text);
  return at < 0 ? undefined : at;
}

/** Another kind, with what can be taken along of the one before. */
export function become(kind: Kind, from: Plain): Plain {
  const at = 'at' in from ? from.at : '09:00';
  switch (kind) {
    case 'minutes':
      return { kind, every: 5 };
    case 'hourly':
      return { kind, minute: 'at' in from ? Number(from.at.slice(3)) : 0 };
    case 'daily':
    case 'weekdays':
      return { kind, at };
    case 'weekly':
      return { kind, days: from.kind === 'weekdays' ? [1, 2, 3, 4, 5] : [1], at };
    case 'cron':
      return { kind, text: toCron(from) };
  }
}
