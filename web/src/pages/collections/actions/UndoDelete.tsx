import { Button } from '@mantine/core';
import { query } from '../../../api/client';
import { failed } from '../../../parts/notify';
import { isFolder, nameOf, type Item } from '../document/model';

interface UndoDeleteProps {
  uid: string;
  item: Item;
  /** The version that it was last in. */
  version: number;
  done: () => void;
}

/** Says that an item is gone, and gives it back. */
export function UndoDelete({ uid, item, version, done }: UndoDeleteProps) {
  const restore = query.useMutation('post', '/collections/{uid}/restore');
  const undo = () =>
    restore.mutate(
      {
        params: { path: { uid } },
        body: { restore: { version, [isFolder(item) ? 'folder' : 'request']: item.id } },
      },
      { onSuccess: done, onError: (error) => failed('Could not give it back', error) },
    );
  return (
    <div className="row">
      <span className="clip">Deleted {nameOf(item)}</span>
      <Button size="compact-xs" variant="default" className="push" loading={restore.isPending} onClick={undo}>
        Undo
      </Button>
    </div>
  );
}
