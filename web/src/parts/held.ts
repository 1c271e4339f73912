/** What is shown of a list, and what has come in and waits. */
export interface Split<T> {
  shown: T[];
  waiting: T[];
}

/**
 * Parts a list, newest first, in what is shown and what is new: rows that nobody knew and that stand above one that was known.
 * What follows the last known one has been loaded by scrolling and is no news.
 */
export function split<T>(rows: T[], known: ReadonlySet<string>, id: (row: T) => string): Split<T> {
  let last = rows.length - 1;
  while (last >= 0 && !known.has(id(rows[last]!))) last -= 1;
  const shown: T[] = [];
  const waiting: T[] = [];
  rows.forEach((row, at) => (at > last || known.has(id(row)) ? shown : waiting).push(row));
  return { shown, waiting };
}
