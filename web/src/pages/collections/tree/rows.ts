import { childrenOf, isFolder, methodOf, nameOf, urlOf, type Item } from '../document/model';

/** A line of the tree. */
export interface Row {
  id: string;
  item: Item;
  depth: number;
  /** Its place among its siblings, from 1, and how many these are. */
  place: number;
  siblings: number;
  parent: string | undefined;
  isFolder: boolean;
  isOpen: boolean;
}

/** Which folders are open: those of `turned` are not as they would be by themselves. */
export interface Opening {
  turned: ReadonlySet<string>;
  byDefault: (depth: number) => boolean;
}

/** The lines that are seen: folders that are closed hide what is in them. */
export function rowsOf(items: Item[], { turned, byDefault }: Opening): Row[] {
  const rows: Row[] = [];
  const walk = (list: Item[], depth: number, parent: string | undefined) => {
    for (const [at, item] of list.entries()) {
      const id = item.id ?? `${parent ?? ''}/${at}`;
      const folder = isFolder(item);
      const isOpen = folder && byDefault(depth) !== turned.has(id);
      rows.push({ id, item, depth, place: at + 1, siblings: list.length, parent, isFolder: folder, isOpen });
      if (isOpen) walk(childrenOf(item), depth + 1, id);
    }
  };
  walk(items, 0, undefined);
  return rows;
}

/** Only what has the words in its name, method or address, with the folders that lead there. A folder that has them keeps all that is in it. */
export function filtered(items: Item[], words: string): Item[] {
  const wanted = words.toLowerCase().split(/\s+/).filter(Boolean);
  if (wanted.length === 0) return items;
  const fits = (item: Item) => {
    const own = isFolder(item) ? '' : `${methodOf(item.request)} ${urlOf(item.request)}`;
    const hay = `${nameOf(item)} ${own}`.toLowerCase();
    return wanted.every((word) => hay.includes(word));
  };
  const keep = (item: Item): Item[] => {
    if (fits(item)) return [item];
    if (!isFolder(item)) return [];
    const kept = childrenOf(item).flatMap(keep);
    return kept.length > 0 ? [{ ...item, item: kept }] : [];
  };
  return items.flatMap(keep);
}

/** Where a key goes to from a line; nothing if nowhere. */
export function step(rows: Row[], at: number, key: string): number | undefined {
  const row = rows[at];
  switch (key) {
    case 'ArrowDown':
      return Math.min(rows.length - 1, at + 1);
    case 'ArrowUp':
      return Math.max(0, at - 1);
    case 'Home':
      return 0;
    case 'End':
      return rows.length - 1;
    case 'ArrowLeft':
      return row?.parent === undefined ? undefined : rows.findIndex((it) => it.id === row.parent);
    case 'ArrowRight':
      return row?.isOpen && rows[at + 1]?.parent === row.id ? at + 1 : undefined;
    default:
      return undefined;
  }
}

/** The next line whose name begins with what was typed; one letter again and again goes on to the next one. */
export function typed(rows: Row[], at: number, word: string): number | undefined {
  const isOne = [...word].every((letter) => letter === word[0]);
  const wanted = (isOne ? word[0]! : word).toLowerCase();
  const from = isOne ? 1 : 0;
  for (let n = from; n < rows.length + from; n += 1) {
    const index = (at + n) % rows.length;
    if (nameOf(rows[index]!.item).toLowerCase().startsWith(wanted)) return index;
  }
  return undefined;
}
