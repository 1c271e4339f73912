/** Bars as paths: one path for all of a colour, so that hundreds of runs are a few elements. */
import { clock } from '../../../words/time';
import type { Column, Tone } from './columns';

export interface BarShape {
  x: number;
  y: number;
  width: number;
  height: number;
}

/** A bar with its upper corners rounded. */
export function barPath({ x, y, width, height }: BarShape): string {
  const r = Math.min(2.5, width / 2.5, height);
  return `M${fix(x)} ${fix(y + height)}v${fix(r - height)}q0 ${fix(-r)} ${fix(r)} ${fix(-r)}h${fix(width - 2 * r)}q${fix(r)} 0 ${fix(r)} ${fix(r)}v${fix(height - r)}z`;
}

/** A small triangle that stands at the foot of a column. */
export const markPath = (middle: number, foot: number, size = 4): string =>
  `M${fix(middle - size)} ${fix(foot)}l${size} ${-2 * size}l${size} ${2 * size}z`;

const fix = (value: number) => Math.round(value * 100) / 100;

const ORDER: Tone[] = ['bar', 'live', 'mute', 'warn', 'bad'];

/** Puts together what has the same tone. */
export function byTone(columns: Column[], shape: (column: Column, at: number) => string): [Tone, string][] {
  const paths = new Map<Tone, string>();
  columns.forEach((column, at) => paths.set(column.tone, (paths.get(column.tone) ?? '') + shape(column, at)));
  // Trouble is drawn over what is well.
  return [...paths].filter(([, path]) => path !== '').sort(([a], [b]) => ORDER.indexOf(a) - ORDER.indexOf(b));
}

export interface Tick {
  /** Where its middle is. */
  x: number;
  label: string;
}

/** About so wide is a character of an axis. */
const CHAR = 6.2;

/** Times below the columns, so many as have room: the hour, and the day where it changes. */
export function ticksOf(columns: Column[], step: number, room = 92): Tick[] {
  const every = Math.max(1, Math.ceil(room / step));
  const end = columns.length * step;
  const spansDays = new Set(columns.map((column) => new Date(column.at).toDateString())).size > 1;
  const ticks: Tick[] = [];
  let [day, taken] = ['', -Infinity];
  for (let at = 0; at < columns.length; at += every) {
    const time = new Date(columns[at]!.at);
    const today = time.toLocaleDateString('en-GB', { day: 'numeric', month: 'short' });
    const hour = clock(time.toISOString());
    const label = spansDays && today !== day ? `${today}, ${hour}` : hour;
    const half = (label.length * CHAR) / 2;
    const x = Math.min(Math.max((at + 0.5) * step, half), end - half);
    // Runs of the same minute need not say so twice.
    if (label === ticks.at(-1)?.label || x - half < taken + 12) continue;
    ticks.push({ x, label });
    [day, taken] = [today, x + half];
  }
  return ticks;
}
