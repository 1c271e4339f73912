import { childrenOf, isFolder, type Doc, type Item } from './model';

/** What makes another document of a document; `undefined`: what it is about is gone. */
export type Change = (doc: Doc) => Doc | undefined;

/** Where an item goes to: into a folder (`null`: the collection itself), behind the others. */
export type Place = { into: string | null };

type Edit = (siblings: Item[], at: number) => Item[];

/** Changes the list that holds the item of this id; everything else stays the same object. */
function inList(items: Item[], id: string, edit: Edit): Item[] | undefined {
  const at = items.findIndex((item) => item.id === id);
  if (at >= 0) return edit(items, at);
  for (const [index, item] of items.entries()) {
    if (!isFolder(item)) continue;
    const inner = inList(childrenOf(item), id, edit);
    if (inner) return items.with(index, { ...item, item: inner });
  }
  return undefined;
}

const onItems = (doc: Doc, items: Item[] | undefined): Doc | undefined => items && { ...doc, item: items };

export const replaceItem =
  (id: string, edit: (item: Item) => Item): Change =>
  (doc) =>
    onItems(
      doc,
      inList(childrenOf(doc), id, (items, at) => items.with(at, edit(items[at]!))),
    );

export const removeItem =
  (id: string): Change =>
  (doc) =>
    onItems(
      doc,
      inList(childrenOf(doc), id, (items, at) => items.toSpliced(at, 1)),
    );

export const addItem =
  (item: Item, { into }: Place): Change =>
  (doc) => {
    if (into === null) return { ...doc, item: [...childrenOf(doc), item] };
    return replaceItem(into, (folder) => ({ ...folder, item: [...childrenOf(folder), item] }))(doc);
  };

/** One place up (-1) or down (1) among its siblings. */
export const shiftItem =
  (id: string, by: -1 | 1): Change =>
  (doc) =>
    onItems(
      doc,
      inList(childrenOf(doc), id, (items, at) => {
        const to = at + by;
        if (to < 0 || to >= items.length) return items;
        return items.with(at, items[to]!).with(to, items[at]!);
      }),
    );

/** Into another folder. A folder does not go into itself. */
export const moveItem =
  (id: string, place: Place): Change =>
  (doc) => {
    const moved = get(childrenOf(doc), id);
    if (!moved) return undefined;
    if (place.into !== null && (place.into === id || get(childrenOf(moved), place.into))) return doc;
    const without = removeItem(id)(doc);
    return without && addItem(moved, place)(without);
  };

/** Behind itself once more, with ids of its own. */
export const copyItem =
  (id: string, name: (old: string) => string, newId: () => string): Change =>
  (doc) =>
    onItems(
      doc,
      inList(childrenOf(doc), id, (items, at) => {
        const copy = withNewIds(items[at]!, newId);
        return items.toSpliced(at + 1, 0, { ...copy, name: name(copy.name ?? '') });
      }),
    );

function withNewIds(item: Item, newId: () => string): Item {
  const { _postman_id: _, ...rest } = item as Item & { _postman_id?: unknown };
  return {
    ...rest,
    id: newId(),
    ...(isFolder(item) && { item: childrenOf(item).map((it) => withNewIds(it, newId)) }),
    ...(Array.isArray(item.response) && {
      response: item.response.map((it) => ({ ...it, id: newId() })),
    }),
  };
}

function get(items: Item[], id: string): Item | undefined {
  for (const item of items) {
    if (item.id === id) return item;
    const deeper = isFolder(item) ? get(childrenOf(item), id) : undefined;
    if (deeper) return deeper;
  }
  return undefined;
}
