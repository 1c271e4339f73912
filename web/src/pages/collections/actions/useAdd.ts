import { failed } from '../../../parts/notify';
import { useAddress } from '../../../parts/search';
import { addItem } from '../document/change';
import { useChange } from '../document/kept';
import type { Item } from '../document/model';
import { newId } from '../document/newId';

/** Adds to a collection, into a folder or to its end, and opens what was added. */
export function useAdd(uid: string) {
  const change = useChange(uid);
  const [, go] = useAddress();
  const add = (item: Item, into: string | undefined) =>
    change.mutate(
      { change: addItem(item, { into: into ?? null }) },
      {
        onSuccess: () => go({ item: item.id, view: 'edit' }, { replace: false }),
        onError: (error) => failed('Could not add it', error),
      },
    );
  return {
    request: (into?: string) =>
      add(
        { id: newId(), name: 'New request', request: { method: 'GET', url: { raw: '' }, header: [] } },
        into,
      ),
    folder: (into?: string) => add({ id: newId(), name: 'New folder', item: [] }, into),
  };
}
