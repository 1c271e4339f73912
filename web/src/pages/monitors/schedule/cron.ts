/**
 * Five cron fields and when they come next, as the server has it (crates/model/src/schedule.rs): fixed times that the
 * clocks skip run once right after the gap and a repeated one runs once; what has a `*` in minute or hour goes by the wall.
 */
import { offsetOf, wallOf } from './zone';

/** What is wrong with an expression, as people read it. */
export class InvalidCron extends Error {
  override name = 'InvalidCron';
}

/** A field that may also name days by their place in the month. */
interface Days {
  values: Set<number>;
  last: boolean;
  lastWorkday: boolean;
  /** `15W`: the working day nearest to it. */
  nearest: Set<number>;
}

interface Weekdays {
  values: Set<number>;
  /** `5L`: the last Friday. */
  last: Set<number>;
  /** `2#2`: the second Tuesday, as weekday × 10 + which. */
  nth: Set<number>;
}

export interface Cron {
  fields: readonly string[];
  minutes: Set<number>;
  hours: Set<number>;
  days: Days;
  months: Set<number>;
  weekdays: Weekdays;
  anyDay: boolean;
  anyWeekday: boolean;
  /** Day and weekday must both fit (`+MON`), not one of them. */
  both: boolean;
  /** Whether it comes at fixed times of the wall, or whenever the wall shows one that fits. */
  fixed: boolean;
}

const NICKNAMES: Record<string, string> = {
  '@YEARLY': '0 0 1 1 *',
  '@ANNUALLY': '0 0 1 1 *',
  '@MONTHLY': '0 0 1 * *',
  '@WEEKLY': '0 0 * * SUN',
  '@DAILY': '0 0 * * *',
  '@HOURLY': '0 * * * *',
};
const MONTHS = ['JAN', 'FEB', 'MAR', 'APR', 'MAY', 'JUN', 'JUL', 'AUG', 'SEP', 'OCT', 'NOV', 'DEC'];
export const WEEKDAYS = ['SUN', 'MON', 'TUE', 'WED', 'THU', 'FRI', 'SAT'];

interface Field {
  name: string;
  least: number;
  most: number;
  names?: string[];
  /** The number of the first name. */
  first?: number;
}
const MINUTE: Field = { name: 'Minute', least: 0, most: 59 };
const HOUR: Field = { name: 'Hour', least: 0, most: 23 };
const DAY: Field = { name: 'Day of the month', least: 1, most: 31 };
const MONTH: Field = { name: 'Month', least: 1, most: 12, names: MONTHS, first: 1 };
const WEEKDAY: Field = { name: 'Weekday', least: 0, most: 7, names: WEEKDAYS, first: 0 };

const MOST_CHARS = 256;

/** Reads an expression; what can't be understood is thrown as [`InvalidCron`]. */
export function parse(text: string): Cron {
  const words = text.trim().toUpperCase();
  if (words === '') throw new InvalidCron('Five fields are needed: minute hour day month weekday');
  if (words.length > MOST_CHARS) throw new InvalidCron(`No more than ${MOST_CHARS} characters`);
  const fields = (NICKNAMES[words] ?? words).split(/\s+/);
  if (words.startsWith('@') && fields.length === 1)
    throw new InvalidCron(`“${text.trim()}” is none of @yearly, @monthly, @weekly, @daily and @hourly`);
  if (fields.length !== 5) {
    const count = fields.length === 1 ? '1 field' : `${fields.length} fields`;
    throw new InvalidCron(`${count}, but five are needed: minute hour day month weekday`);
  }
  const [minute, hour, day, month, weekday] = fields as [string, string, string, string, string];
  const anyOf = (field: string) => field.replaceAll('?', '*');
  const both = weekday.startsWith('+');
  const weekdayField = anyOf(both ? weekday.slice(1) : weekday);
  return {
    fields,
    minutes: plain(MINUTE, minute),
    hours: plain(HOUR, hour),
    days: daysOf(anyOf(day)),
    months: plain(MONTH, month),
    weekdays: weekdaysOf(weekdayField),
    anyDay: anyOf(day) === '*',
    anyWeekday: weekdayField === '*',
    both,
    fixed: !/[*?]/.test(minute + hour),
  };
}

/** A field of a list of numbers, ranges and steps. */
function plain(field: Field, text: string): Set<number> {
  return new Set(text.split(',').flatMap((part) => range(field, part)));
}

/** The numbers of `*`, `5`, `1-5`, `*\/5` or `1-9/2`. */
function range(field: Field, part: string): number[] {
  const wrong = (problem: string) => new InvalidCron(`${field.name}: ${problem}`);
  if (part === '') throw wrong('something is missing beside a comma');
  const [span = '', stepText, more] = part.split('/');
  if (more !== undefined) throw wrong(`“${part}” has more than one step`);
  const step = stepText === undefined ? 1 : /^\d+$/.test(stepText) ? Number(stepText) : Number.NaN;
  if (!(step >= 1)) throw wrong(`“${stepText}” is not a step: use a whole number from 1`);
  let [from, to] = [field.least, field === WEEKDAY ? 6 : field.most];
  if (span !== '*') {
    const ends = span.split('-');
    if (ends.length > 2) throw wrong(`“${span}” is not a range`);
    if (stepText !== undefined && ends.length === 1)
      throw wrong(`“${part}” needs a range before the step, such as ${span || 0}-${field.most}/${step}`);
    from = number(field, ends[0]!, wrong);
    to = ends[1] === undefined ? from : number(field, ends[1], wrong);
    if (field === WEEKDAY && ends[1] === 'SUN') to = 7;
    if (from > to) throw wrong(`the range ${span} runs backwards`);
  }
  const numbers = [];
  for (let at = from; at <= to; at += step) numbers.push(at);
  return numbers;
}

function number(field: Field, text: string, wrong: (problem: string) => InvalidCron): number {
  const named = field.names?.indexOf(text) ?? -1;
  if (named >= 0) return named + (field.first ?? 0);
  if (!/^\d+$/.test(text)) {
    const hint = field.names
      ? `a number or a name such as ${field.names[1]}`
      : `a number from ${field.least} to ${field.most}`;
    throw wrong(`“${text}” is not ${hint}`);
  }
  const value = Number(text);
  if (value < field.least || value > field.most)
    throw wrong(`${value} is not between ${field.least} and ${field.most}`);
  return value;
}

function daysOf(text: string): Days {
  const days: Days = { values: new Set(), last: false, lastWorkday: false, nearest: new Set() };
  for (const part of text.split(',')) {
    if (part === 'L') days.last = true;
    else if (part === 'LW') days.lastWorkday = true;
    else if (/^\d+W$/.test(part)) range(DAY, part.slice(0, -1)).forEach((day) => days.nearest.add(day));
    else range(DAY, part).forEach((day) => days.values.add(day));
  }
  return days;
}

function weekdaysOf(text: string): Weekdays {
  const weekdays: Weekdays = { values: new Set(), last: new Set(), nth: new Set() };
  const toWeek = (day: number) => day % 7;
  for (const part of text.split(',')) {
    if (part === 'L')
      throw new InvalidCron('Weekday: L needs a day before it: 5L or FRIL is the last Friday');
    const [days = '', which] = part.split('#');
    if (which === undefined && days.endsWith('L') && days.length > 1)
      range(WEEKDAY, days.slice(0, -1)).forEach((day) => weekdays.last.add(toWeek(day)));
    else if (which === undefined) range(WEEKDAY, part).forEach((day) => weekdays.values.add(toWeek(day)));
    else if (which === 'L') range(WEEKDAY, days).forEach((day) => weekdays.last.add(toWeek(day)));
    else if (/^[1-5]$/.test(which))
      range(WEEKDAY, days).forEach((day) => weekdays.nth.add(toWeek(day) * 10 + Number(which)));
    else throw new InvalidCron(`Weekday: “${which}” after # is not a number from 1 to 5`);
  }
  return weekdays;
}

const MINUTE_MS = 60_000;
const HOUR_MS = 60 * MINUTE_MS;
const DAY_MS = 24 * HOUR_MS;
/** The longest that anything can keep one waiting: the 29th of February on one weekday, over a year 2100. */
const MOST_DAYS = 44 * 366;

/** Whether a day of the wall fits. */
function dayFits(cron: Cron, wall: number): boolean {
  const date = new Date(wall);
  if (!cron.months.has(date.getUTCMonth() + 1)) return false;
  const [day, weekday] = [date.getUTCDate(), date.getUTCDay()];
  const length = new Date(Date.UTC(date.getUTCFullYear(), date.getUTCMonth() + 1, 0)).getUTCDate();
  const { days, weekdays } = cron;
  const workday = (at: number) => (((weekday + at - day) % 7) + 7) % 7;
  const nearest = (at: number) => {
    if (workday(at) === 6) return at > 1 ? at - 1 : at + 2;
    if (workday(at) === 0) return at < length ? at + 1 : at - 2;
    return at;
  };
  const lastWorkday = workday(length) === 6 ? length - 1 : workday(length) === 0 ? length - 2 : length;
  const byDay =
    days.values.has(day) ||
    (days.lastWorkday ? day === lastWorkday : days.last && day === length) ||
    [...days.nearest].some((at) => at <= length && nearest(at) === day);
  const byWeekday =
    weekdays.values.has(weekday) ||
    weekdays.nth.has(weekday * 10 + Math.ceil(day / 7)) ||
    (weekdays.last.has(weekday) && day + 7 > length);
  if (cron.anyDay) return byWeekday;
  if (cron.anyWeekday) return byDay;
  return cron.both ? byDay && byWeekday : byDay || byWeekday;
}

/** The first time of the wall after this one that fits, as if there were no zones. */
function nextOnWall(cron: Cron, wall: number): number | undefined {
  const start = Math.floor(wall / MINUTE_MS) * MINUTE_MS + MINUTE_MS;
  const hours = [...cron.hours].sort((a, b) => a - b);
  const minutes = [...cron.minutes].sort((a, b) => a - b);
  let day = Math.floor(start / DAY_MS) * DAY_MS;
  for (let count = 0; count < MOST_DAYS; count += 1, day += DAY_MS) {
    if (!dayFits(cron, day)) continue;
    for (const hour of hours) {
      if (day + (hour + 1) * HOUR_MS <= start) continue;
      for (const minute of minutes) {
        const at = day + hour * HOUR_MS + minute * MINUTE_MS;
        if (at >= start) return at;
      }
    }
  }
  return undefined;
}

/** The first instant at which the wall shows this time or, where the clocks skip it, a later one. */
function reached(wall: number, zone: string): number {
  const shows = [offsetOf(wall - DAY_MS, zone), offsetOf(wall + DAY_MS, zone)]
    .map((offset) => wall - offset)
    .filter((at) => wallOf(at, zone) === wall);
  if (shows.length > 0) return Math.min(...shows);
  const before = wall - DAY_MS - offsetOf(wall - 2 * DAY_MS, zone);
  return firstThat((at) => wallOf(at, zone) >= wall, before, before + DAY_MS);
}

/** The first minute in (early, late] from which something holds. */
function firstThat(holds: (at: number) => boolean, early: number, late: number): number {
  let [low, high] = [early / MINUTE_MS, late / MINUTE_MS];
  while (high - low > 1) {
    const middle = Math.floor((low + high) / 2);
    if (holds(middle * MINUTE_MS)) high = middle;
    else low = middle;
  }
  return high * MINUTE_MS;
}

/** The first time after this one, in milliseconds; none for what never comes (the 31st of February). */
export function next(cron: Cron, zone: string, after: number): number | undefined {
  return cron.fixed ? nextFixed(cron, zone, after) : nextByWall(cron, zone, after);
}

function nextFixed(cron: Cron, zone: string, after: number): number | undefined {
  let wall: number | undefined = wallOf(after, zone);
  for (;;) {
    wall = nextOnWall(cron, wall);
    if (wall === undefined) return undefined;
    const at = reached(wall, zone);
    if (at > after) return at;
  }
}

/** So far one looks ahead at once: no zone changes its clocks twice within it. */
const STRIDE_MS = 20 * DAY_MS;

function nextByWall(cron: Cron, zone: string, after: number): number | undefined {
  let at = Math.floor(after / MINUTE_MS) * MINUTE_MS + MINUTE_MS;
  const end = at + MOST_DAYS * DAY_MS;
  while (at < end) {
    const wall = wallOf(at, zone);
    const goal = nextOnWall(cron, wall - MINUTE_MS);
    if (goal === undefined || goal === wall) return goal === undefined ? undefined : at;
    const ahead = at + Math.min(goal - wall, STRIDE_MS);
    const offset = offsetOf(at, zone);
    const changes = offsetOf(ahead, zone) !== offset;
    at = changes ? firstThat((then) => offsetOf(then, zone) !== offset, at, ahead) : ahead;
  }
  return undefined;
}

/** The next times, in milliseconds; fewer where there are no more. */
export function nextTimes(cron: Cron, zone: string, count: number, now = Date.now()): number[] {
  const times: number[] = [];
  let at: number | undefined = now;
  while (times.length < count) {
    at = next(cron, zone, at);
    if (at === undefined) break;
    times.push(at);
  }
  return times;
}
