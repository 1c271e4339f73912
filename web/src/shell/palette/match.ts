/** How well a text fits what was typed, and where: pairs of from and to. */
export interface Match {
  score: number;
  marks: [number, number][];
}

const START = /[\s/→:._-]/;
/** Longer names than this are only looked at so far. */
const MOST = 200;

/** Every word that was typed must be found: whole, at the beginnings of words ("cs" in "Checkout smoke"), or in its order. */
export function match(typed: string, text: string): Match | undefined {
  const words = lower(typed).split(/\s+/).filter(Boolean);
  const within = lower(text.slice(0, MOST));
  let score = 0;
  const marks: [number, number][] = [];
  for (const word of words) {
    const found = whole(word, within) ?? starts(word, within) ?? loose(word, within);
    if (!found) return undefined;
    score += found.score / words.length;
    marks.push(...found.marks);
  }
  // Of two that fit alike, the shorter is meant.
  return { score: score - within.length / 50, marks: merged(marks) };
}

/** In small letters, each still at its place. */
const lower = (text: string) =>
  text.replace(/./gsu, (letter) => {
    const small = letter.toLowerCase();
    return small.length === letter.length ? small : letter;
  });

const isStart = (text: string, at: number) => at === 0 || START.test(text[at - 1]!);

function whole(word: string, text: string): Match | undefined {
  let best: Match | undefined;
  for (let at = text.indexOf(word); at >= 0; at = text.indexOf(word, at + 1)) {
    const score = at === 0 ? (word.length === text.length ? 100 : 85) : isStart(text, at) ? 75 : 50;
    if (!best || score > best.score) best = { score, marks: [[at, at + word.length]] };
  }
  return best;
}

/** Each letter follows the last one or begins a word. */
function starts(word: string, text: string): Match | undefined {
  const dead = new Set<string>();
  const walk = (letter: number, at: number): number[] | undefined => {
    if (letter === word.length) return [];
    const key = `${letter} ${at}`;
    if (dead.has(key)) return undefined;
    for (let next = at; next < text.length; next += 1) {
      const fits = text[next] === word[letter] && (isStart(text, next) || (letter > 0 && next === at));
      const rest = fits ? walk(letter + 1, next + 1) : undefined;
      if (rest) return [next, ...rest];
    }
    dead.add(key);
    return undefined;
  };
  const places = walk(0, 0);
  return places && { score: 40, marks: places.map((at) => [at, at + 1]) };
}

/** The letters in their order, not far from each other. */
function loose(word: string, text: string): Match | undefined {
  if (word.length < 3) return undefined;
  const marks: [number, number][] = [];
  let at = -1;
  for (const letter of word) {
    at = text.indexOf(letter, at + 1);
    if (at < 0) return undefined;
    marks.push([at, at + 1]);
  }
  const width = at + 1 - marks[0]![0];
  return width <= word.length * 2.5 ? { score: 15 - width / 10, marks } : undefined;
}

function merged(marks: [number, number][]): [number, number][] {
  const out: [number, number][] = [];
  for (const [from, to] of [...marks].sort((a, b) => a[0] - b[0])) {
    const last = out.at(-1);
    if (last && from <= last[1]) last[1] = Math.max(last[1], to);
    else out.push([from, to]);
  }
  return out;
}
