export interface Line {
  side: 'same' | 'added' | 'removed';
  text: string;
  /** Its number before and now, from 1. */
  old?: number;
  now?: number;
}

/** So many differing lines are looked for exactly in one stretch; beyond that, lines that are there once on either side cut it into shorter ones. */
const MOST_EXACT = 400;

/** The lines of two texts as they differ. The time grows with the length, not with its square, however different they are. */
export function diffLines(before: string, now: string): Line[] {
  const a = split(before);
  const b = split(now);
  const out: Line[] = [];
  for (const pair of match(a, b)) emit(out, a, b, pair);
  return out;
}

/** A text that is not there has no lines; an end of line at its end makes no empty one. */
const split = (text: string): string[] => (text === '' ? [] : text.replace(/\r?\n$/, '').split(/\r?\n/));

/** So many lines were skipped on either side, then so many are the same. */
interface Step {
  a: number;
  b: number;
  removed: number;
  added: number;
  same: number;
}

function emit(out: Line[], a: string[], b: string[], step: Step) {
  for (let at = 0; at < step.removed; at += 1)
    out.push({ side: 'removed', text: a[step.a + at]!, old: step.a + at + 1 });
  for (let at = 0; at < step.added; at += 1)
    out.push({ side: 'added', text: b[step.b + at]!, now: step.b + at + 1 });
  const [fromA, fromB] = [step.a + step.removed, step.b + step.added];
  for (let at = 0; at < step.same; at += 1)
    out.push({ side: 'same', text: a[fromA + at]!, old: fromA + at + 1, now: fromB + at + 1 });
}

type Range = [from: number, to: number];

/** Which lines are the same, as steps from the start to the end. */
function match(a: string[], b: string[]): Step[] {
  const pairs: [number, number, number][] = [];
  const stretch = (ra: Range, rb: Range, isCut: boolean) => {
    let [a0, a1] = ra;
    let [b0, b1] = rb;
    const start = common(a, b, a0, b0, Math.min(a1 - a0, b1 - b0));
    if (start > 0) pairs.push([a0, b0, start]);
    a0 += start;
    b0 += start;
    let end = 0;
    while (end < Math.min(a1 - a0, b1 - b0) && a[a1 - end - 1] === b[b1 - end - 1]) end += 1;
    a1 -= end;
    b1 -= end;
    if (a0 < a1 && b0 < b1) {
      const exact = myers(a, b, [a0, a1], [b0, b1]);
      if (exact) pairs.push(...exact);
      else if (!isCut) {
        let [fromA, fromB] = [a0, b0];
        for (const [atA, atB] of anchors(a, b, [a0, a1], [b0, b1])) {
          stretch([fromA, atA], [fromB, atB], true);
          pairs.push([atA, atB, 1]);
          [fromA, fromB] = [atA + 1, atB + 1];
        }
        if (fromA > a0) stretch([fromA, a1], [fromB, b1], true);
      }
    }
    if (end > 0) pairs.push([a1, b1, end]);
  };
  stretch([0, a.length], [0, b.length], false);
  return steps(pairs, a.length, b.length);
}

function steps(pairs: [number, number, number][], endA: number, endB: number): Step[] {
  const out: Step[] = [];
  let [a, b] = [0, 0];
  for (const [atA, atB, same] of [...pairs, [endA, endB, 0] as const]) {
    out.push({ a, b, removed: atA - a, added: atB - b, same });
    [a, b] = [atA + same, atB + same];
  }
  return out;
}

function common(a: string[], b: string[], fromA: number, fromB: number, most: number): number {
  let count = 0;
  while (count < most && a[fromA + count] === b[fromB + count]) count += 1;
  return count;
}

/** The fewest differences (Myers, 1986); nothing if there are too many. */
function myers(
  a: string[],
  b: string[],
  [a0, a1]: Range,
  [b0, b1]: Range,
): [number, number, number][] | undefined {
  const [n, m] = [a1 - a0, b1 - b0];
  const most = Math.min(n + m, MOST_EXACT);
  const furthest = new Int32Array(2 * most + 3);
  const trail: Int32Array[] = [];
  for (let d = 0; d <= most; d += 1) {
    trail.push(furthest.slice(most + 1 - d - 1, most + 1 + d + 2));
    for (let k = -d; k <= d; k += 2) {
      const down = k === -d || (k !== d && furthest[most + k]! < furthest[most + k + 2]!);
      let x = down ? furthest[most + k + 2]! : furthest[most + k]! + 1;
      x += common(a, b, a0 + x, b0 + x - k, Math.min(n - x, m - x + k));
      furthest[most + 1 + k] = x;
      if (x >= n && x - k >= m) return walkBack(trail, d, n, m, a0, b0);
    }
  }
  return undefined;
}

function walkBack(trail: Int32Array[], last: number, n: number, m: number, a0: number, b0: number) {
  const pairs: [number, number, number][] = [];
  let [x, y] = [n, m];
  for (let d = last; d >= 0; d -= 1) {
    // Of the step before only diagonals -d-1 … d+1 were kept; diagonal k lies at k + d + 1.
    const before = trail[d]!;
    const at = (k: number) => before[k + d + 1]!;
    const k = x - y;
    const down = k === -d || (k !== d && at(k - 1) < at(k + 1));
    const fromK = down ? k + 1 : k - 1;
    const fromX = d === 0 ? 0 : at(fromK);
    const startX = d === 0 ? 0 : down ? fromX : fromX + 1;
    if (x > startX) pairs.push([a0 + startX, b0 + startX - k, x - startX]);
    [x, y] = [fromX, fromX - fromK];
  }
  return pairs.reverse();
}

/** Lines that are there exactly once on either side, as many of them as stand in the same order. */
function anchors(a: string[], b: string[], ra: Range, rb: Range): [number, number][] {
  const inA = once(a, ra);
  const inB = once(b, rb);
  const shared: [number, number][] = [];
  for (const [line, at] of inA) {
    const there = inB.get(line);
    if (at >= 0 && there !== undefined && there >= 0) shared.push([at, there]);
  }
  shared.sort((one, other) => one[0] - other[0]);
  return longestRising(shared);
}

function once(lines: string[], [from, to]: Range): Map<string, number> {
  const found = new Map<string, number>();
  for (let at = from; at < to; at += 1) found.set(lines[at]!, found.has(lines[at]!) ? -1 : at);
  return found;
}

function longestRising(pairs: [number, number][]): [number, number][] {
  const ends: number[] = [];
  const before = new Int32Array(pairs.length).fill(-1);
  for (const [at, [, value]] of pairs.entries()) {
    let [low, high] = [0, ends.length];
    while (low < high) {
      const middle = (low + high) >> 1;
      if (pairs[ends[middle]!]![1] < value) low = middle + 1;
      else high = middle;
    }
    before[at] = low > 0 ? ends[low - 1]! : -1;
    ends[low] = at;
  }
  const out: [number, number][] = [];
  for (let at = ends.at(-1) ?? -1; at >= 0; at = before[at]!) out.push(pairs[at]!);
  return out.reverse();
}
