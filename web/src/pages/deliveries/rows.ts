import type { Shape } from '../../api/client';

export type Row = Shape['DeliveryView'];

/** What is known of a list, newest first. */
export interface Rows {
  rows: Row[];
  /** The cursor where older ones go on; not there when the end is known. */
  next: string | undefined;
  /** So much is new that it was not all read: the list begins anew when that is wanted. */
  isBehind?: boolean;
}

/** What was read of a stretch: all that stands behind `cursor`, up to `next` or to the end. */
export interface Part {
  cursor: string | undefined;
  rows: Row[];
  next: string | undefined;
}

/**
 * Puts what was read of a stretch in the place of what was known of it. Cursors are ids, and ids go by time, so what no
 * longer belongs to the stretch is told from what lies outside of it. What has not changed keeps its identity.
 */
export function put(known: Rows | undefined, part: Part): Rows {
  if (!known || known.rows.length === 0) return { rows: part.rows, next: part.next };
  const { cursor, next } = part;
  const above = cursor === undefined ? [] : known.rows.filter((row) => row.id >= cursor);
  const below = next === undefined ? [] : known.rows.filter((row) => row.id < next);
  const old = new Map(known.rows.map((row) => [row.id, row]));
  const read = part.rows.map((row) => {
    const before = old.get(row.id);
    return before && JSON.stringify(before) === JSON.stringify(row) ? before : row;
  });
  return { rows: [...above, ...read, ...below], next: further(known, next) };
}

/** The cursor of whichever reached further down. */
function further(known: Rows, next: string | undefined): string | undefined {
  if (next === undefined || known.next === undefined) return undefined;
  return known.next < next ? known.next : next;
}

/** Whether something may be missing between what was read from the top and what was known. */
export function leavesGap(known: Rows | undefined, head: Part): boolean {
  const newest = known?.rows[0]?.id;
  return newest !== undefined && head.next !== undefined && head.next > newest;
}
