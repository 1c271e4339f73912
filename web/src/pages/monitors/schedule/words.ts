/** A schedule in plain words. */
import { ago } from '../../../words/time';
import { ordinal } from '../data/nth';
import { parse, type Cron } from './cron';
import { two } from './plain';

const DAY_NAMES = ['Sunday', 'Monday', 'Tuesday', 'Wednesday', 'Thursday', 'Friday', 'Saturday'];
const MONTH_NAMES = [
  'January',
  'February',
  'March',
  'April',
  'May',
  'June',
  'July',
  'August',
  'September',
  'October',
  'November',
  'December',
];

/** "Every 5 minutes", "Weekdays at 09:00"; what can't be understood is told as it stands. */
export function scheduleWords(text: string): string {
  try {
    return describe(parse(text));
  } catch {
    return text;
  }
}

export function describe(cron: Cron): string {
  const when = timesOf(cron);
  const days = daysOf(cron);
  const months = monthsOf(cron);
  if (when.isClock && !months && days === '') return `Every day at ${when.text}`;
  const words = when.isClock ? `${days || 'every day'} at ${when.text}` : join(when.text, days);
  const all = months ? `${words}, ${months}` : words;
  return all.charAt(0).toUpperCase() + all.slice(1);
}

const join = (...parts: string[]) => parts.filter(Boolean).join(', ');

/** The step of a field like every fifth, where that is all it is. */
function stepOf(field: string): number | undefined {
  const found = /^\*\/(\d+)$/.exec(field);
  return found ? Number(found[1]) : field === '*' ? 1 : undefined;
}

function timesOf({ fields, minutes, hours }: Cron): { text: string; isClock: boolean } {
  const [minuteField, hourField] = fields as [string, string];
  const [minuteStep, hourStep] = [stepOf(minuteField), stepOf(hourField)];
  const [minute, hour] = [sorted(minutes), sorted(hours)];
  if (minuteStep === undefined && hourStep === undefined && minute.length * hour.length <= 6) {
    const times = hour.flatMap((at) => minute.map((past) => `${two(at)}:${two(past)}`));
    return { text: list(times), isClock: true };
  }
  const often =
    minuteStep === undefined ? undefined : minuteStep === 1 ? 'every minute' : `every ${minuteStep} minutes`;
  const past = `at ${minute.length === 1 ? 'minute' : 'minutes'} ${list(minute.map(String))}`;
  if (hourStep === 1) {
    if (often) return { text: often, isClock: false };
    return { text: minuteField === '0' ? 'every hour' : `every hour ${past}`, isClock: false };
  }
  const span = spanOf(hour);
  const when =
    hourStep !== undefined ? `every ${hourStep} hours` : (span ?? `in the hours ${list(hour.map(String))}`);
  if (often) return { text: `${often} ${hourStep !== undefined ? `of ${when}` : when}`, isClock: false };
  if (hourStep !== undefined) return { text: minuteField === '0' ? when : `${when} ${past}`, isClock: false };
  return { text: `${minuteField === '0' ? 'every hour' : past} ${when}`, isClock: false };
}

/** "from 08:00 to 18:59", where the hours follow on each other. */
function spanOf(hours: number[]): string | undefined {
  const [first, last] = [hours[0]!, hours.at(-1)!];
  return last - first === hours.length - 1 ? `from ${two(first)}:00 to ${two(last)}:59` : undefined;
}

function daysOf({ anyDay, anyWeekday, both, days, weekdays }: Cron): string {
  if (anyDay && anyWeekday) return '';
  const onDays = [
    ...(days.values.size > 0 ? [ordinals(sorted(days.values))] : []),
    ...(days.last && !days.lastWorkday ? ['the last day'] : []),
    ...(days.lastWorkday ? ['the last working day'] : []),
    ...sorted(days.nearest).map((day) => `the working day nearest to the ${ordinal(day)}`),
  ];
  const byDay = onDays.length > 0 ? `on ${list(onDays)} of the month` : '';
  const values = sorted(weekdays.values);
  const onWeekdays = [
    ...(values.length > 0 ? [weekdayNames(values)] : []),
    ...sorted(weekdays.last).map((day) => `the last ${DAY_NAMES[day]}`),
    ...sorted(weekdays.nth).map((it) => `the ${ordinal(it % 10)} ${DAY_NAMES[Math.floor(it / 10)]}`),
  ];
  const byWeekday = list(onWeekdays);
  if (anyDay)
    return values.length === onWeekdays.length || onWeekdays.length === 1 ? byWeekday : `on ${byWeekday}`;
  if (anyWeekday) return byDay;
  return both ? `${byDay} that is ${byWeekday}` : `${byDay} and ${byWeekday}`;
}

function weekdayNames(values: number[]): string {
  if (values.length === 7) return 'every day';
  if (values.join() === '1,2,3,4,5') return 'weekdays';
  if (values.join() === '0,6') return 'weekends';
  const fromMonday = [...values].sort((a, b) => ((a + 6) % 7) - ((b + 6) % 7));
  return `every ${list(fromMonday.map((day) => DAY_NAMES[day]!))}`;
}

function monthsOf({ months }: Cron): string {
  if (months.size === 12) return '';
  const values = sorted(months);
  const [first, last] = [values[0]!, values.at(-1)!];
  if (values.length > 2 && last - first === values.length - 1)
    return `from ${MONTH_NAMES[first - 1]} to ${MONTH_NAMES[last - 1]}`;
  return `in ${list(values.map((month) => MONTH_NAMES[month - 1]!))}`;
}

const sorted = (values: Set<number>) => [...values].sort((a, b) => a - b);

/** "a, b and c"; of many only the first. */
function list(parts: string[]): string {
  const shown = parts.length > 8 ? [...parts.slice(0, 7), `${parts.length - 7} more`] : parts;
  return shown.length < 2 ? (shown[0] ?? '') : `${shown.slice(0, -1).join(', ')} and ${shown.at(-1)}`;
}

function ordinals(values: number[]): string {
  const [first, last] = [values[0]!, values.at(-1)!];
  if (values.length > 2 && last - first === values.length - 1)
    return `the ${ordinal(first)} to the ${ordinal(last)}`;
  return `the ${list(values.map(ordinal))}`;
}

export const dayName = (day: number): string => DAY_NAMES[day]!;

/** When it comes next: a time that has come is not "4 s ago", the run is about to begin. */
export const nextWords = (iso: string, now: number): string =>
  Date.parse(iso) - now < 5000 ? 'in a moment' : ago(iso, now);
