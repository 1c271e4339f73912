import { match, type Match } from './match';

/** What can be found by typing. */
export interface Findable {
  id: string;
  group: string;
  label: string;
  /** Is only shown when it is asked for by name. */
  quiet?: boolean;
}

export interface Ranked<T> {
  title: string;
  found: { item: T; marks: Match['marks'] }[];
}

const MOST_OF_A_GROUP = 7;
/** What was chosen lately goes before what fits as well. */
const LATELY = 12;

/** Groups of what fits, the best first; while nothing is typed, what was chosen lately and all that is not quiet. */
export function rank<T extends Findable>(typed: string, items: T[], recent: string[]): Ranked<T>[] {
  if (typed.trim() === '') return unasked(items, recent);
  const groups = new Map<string, { item: T; marks: Match['marks']; score: number }[]>();
  for (const item of items) {
    const found = match(typed, item.label);
    if (!found) continue;
    const score = found.score + (recent.includes(item.id) ? LATELY : 0);
    groups.set(item.group, [...(groups.get(item.group) ?? []), { item, marks: found.marks, score }]);
  }
  const ranked = [...groups].map(([title, found]) => ({
    title,
    found: found.sort((a, b) => b.score - a.score).slice(0, MOST_OF_A_GROUP),
  }));
  return ranked.sort((a, b) => b.found[0]!.score - a.found[0]!.score);
}

function unasked<T extends Findable>(items: T[], recent: string[]): Ranked<T>[] {
  const lately = recent
    .map((id) => items.find((item) => item.id === id))
    .filter((item) => item !== undefined);
  const groups = new Map<string, T[]>();
  if (lately.length > 0) groups.set('Recent', lately);
  for (const item of items)
    if (!item.quiet && !lately.includes(item))
      groups.set(item.group, [...(groups.get(item.group) ?? []), item]);
  return [...groups].map(([title, all]) => ({ title, found: all.map((item) => ({ item, marks: [] })) }));
}
