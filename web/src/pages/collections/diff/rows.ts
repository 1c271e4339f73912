import type { Line } from './lines';

/** What is shown of a difference: lines, and how many in between are left out. */
export type Row = { t: 'line'; line: Line } | { t: 'gap'; lines: Line[] };

/** Around what differs stay so many lines; longer stretches become gaps. */
const AROUND = 3;

export function withGaps(lines: Line[], around = AROUND): Row[] {
  const near = new Uint8Array(lines.length);
  for (const [at, line] of lines.entries()) {
    if (line.side === 'same') continue;
    for (let n = Math.max(0, at - around); n <= Math.min(lines.length - 1, at + around); n += 1) near[n] = 1;
  }
  const rows: Row[] = [];
  let at = 0;
  while (at < lines.length) {
    let end = at;
    while (end < lines.length && !near[end]) end += 1;
    // A gap of one line would be no shorter than the line.
    if (end - at > 1) {
      rows.push({ t: 'gap', lines: lines.slice(at, end) });
      at = end;
    } else {
      rows.push({ t: 'line', line: lines[at]! });
      at += 1;
    }
  }
  return rows;
}

export type Pair = { t: 'pair'; left?: Line; right?: Line } | { t: 'gap'; lines: Line[] };

/** The same for two columns: what was removed stands beside what was added in its place. */
export function sideBySide(rows: Row[]): Pair[] {
  const out: Pair[] = [];
  let removed: Line[] = [];
  let added: Line[] = [];
  const flush = () => {
    for (let at = 0; at < Math.max(removed.length, added.length); at += 1)
      out.push({
        t: 'pair',
        ...(removed[at] && { left: removed[at] }),
        ...(added[at] && { right: added[at] }),
      });
    removed = [];
    added = [];
  };
  for (const row of rows) {
    if (row.t === 'line' && row.line.side === 'removed') {
      if (added.length > 0) flush();
      removed.push(row.line);
    } else if (row.t === 'line' && row.line.side === 'added') added.push(row.line);
    else {
      flush();
      out.push(row.t === 'gap' ? row : { t: 'pair', left: row.line, right: row.line });
    }
  }
  flush();
  return out;
}

/** What differs within a line that became another: what both begin and end with is left aside. */
export function within(
  before: string,
  now: string,
): { start: number; before: number; now: number } | undefined {
  const most = Math.min(before.length, now.length);
  let start = 0;
  while (start < most && before[start] === now[start]) start += 1;
  let end = 0;
  while (end < most - start && before.at(-1 - end) === now.at(-1 - end)) end += 1;
  // Where little is the same, marking the rest says nothing.
  if (start + end < most / 3) return undefined;
  return { start, before: before.length - end, now: now.length - end };
}

export const countOf = (lines: Line[], side: Line['side']): number =>
  lines.reduce((sum, line) => sum + (line.side === side ? 1 : 0), 0);
