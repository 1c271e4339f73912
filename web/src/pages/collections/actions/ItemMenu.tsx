import { ActionIcon, Menu } from '@mantine/core';
import { notifications } from '@mantine/notifications';
import {
  ArrowDown,
  ArrowUp,
  CopyPlus,
  Ellipsis,
  Folder,
  FolderInput,
  Pencil,
  Send,
  Trash2,
} from 'lucide-react';
import { lazy, Suspense, useState } from 'react';
import { query } from '../../../api/client';
import { failed, told } from '../../../parts/notify';
import { copyItem, removeItem, shiftItem, type Change } from '../document/change';
import { useChange, versionOf, type Kept } from '../document/kept';
import { childrenOf, isFolder, nameOf, type Found } from '../document/model';
import { newId } from '../document/newId';
import { UndoDelete } from './UndoDelete';
import { useAdd } from './useAdd';

const MoveDialog = lazy(() => import('./MoveDialog'));

interface ItemMenuProps {
  uid: string;
  kept: Kept;
  found: Found | undefined;
  choose: (id: string | undefined) => void;
  goEdit: (id: string | undefined) => void;
}

/** What can be done with the chosen item, besides editing what it says. */
export function ItemMenu({ uid, kept, found, choose, goEdit }: ItemMenuProps) {
  const [moving, setMoving] = useState(false);
  const change = useChange(uid);
  const restore = query.useMutation('post', '/collections/{uid}/restore');
  const add = useAdd(uid);
  const item = found?.item;
  const id = item?.id;
  const into = !item || isFolder(item) ? id : found?.folders.at(-1)?.id;
  const siblings = childrenOf(found?.folders.at(-1) ?? kept.doc);
  const at = siblings.findIndex((it) => it.id === id);

  const run = (make: Change, after: (now: Kept) => void, trouble: string) =>
    change.mutate({ change: make }, { onSuccess: after, onError: (error) => failed(trouble, error) });
  const remove = () =>
    run(
      removeItem(id!),
      () => {
        const neighbour = siblings[at + 1] ?? siblings[at - 1] ?? found?.folders.at(-1);
        choose(neighbour?.id);
        const back = { version: versionOf(kept.etag), [isFolder(item!) ? 'folder' : 'request']: id! };
        const key = notifications.show({
          autoClose: 12_000,
          message: (
            <UndoDelete
              name={nameOf(item!)}
              undo={() => restore.mutateAsync({ params: { path: { uid } }, body: { restore: back } })}
              done={() => notifications.hide(key)}
            />
          ),
        });
      },
      'Could not delete it',
    );
  const copy = () => {
    const made: string[] = [];
    const give = () => {
      made.push(newId());
      return made.at(-1)!;
    };
    run(
      copyItem(id!, (name) => `${name} copy`, give),
      () => choose(made[0]),
      'Could not duplicate it',
    );
  };
  return (
    <>
      <Menu>
        <Menu.Target>
          <ActionIcon aria-label="More for this item" loading={change.isPending}>
            <Ellipsis size={16} aria-hidden />
          </ActionIcon>
        </Menu.Target>
        <Menu.Dropdown>
          <Menu.Item leftSection={<Pencil size={14} aria-hidden />} onClick={() => goEdit(id)}>
            Edit
          </Menu.Item>
          <Menu.Item leftSection={<Send size={14} aria-hidden />} onClick={() => add.request(into)}>
            Add a request
          </Menu.Item>
          <Menu.Item leftSection={<Folder size={14} aria-hidden />} onClick={() => add.folder(into)}>
            Add a folder
          </Menu.Item>
          {id && (
            <>
              <Menu.Divider />
              <Menu.Item
                leftSection={<ArrowUp size={14} aria-hidden />}
                disabled={at <= 0}
                onClick={() => run(shiftItem(id, -1), () => told('Moved up'), 'Could not move it')}
              >
                Move up
              </Menu.Item>
              <Menu.Item
                leftSection={<ArrowDown size={14} aria-hidden />}
                disabled={at >= siblings.length - 1}
                onClick={() => run(shiftItem(id, 1), () => told('Moved down'), 'Could not move it')}
              >
                Move down
              </Menu.Item>
              <Menu.Item leftSection={<FolderInput size={14} aria-hidden />} onClick={() => setMoving(true)}>
                Move to a folder
              </Menu.Item>
              <Menu.Item leftSection={<CopyPlus size={14} aria-hidden />} onClick={copy}>
                Duplicate
              </Menu.Item>
              <Menu.Divider />
              <Menu.Item color="red" leftSection={<Trash2 size={14} aria-hidden />} onClick={remove}>
                Delete {isFolder(item!) ? 'folder' : 'request'}
              </Menu.Item>
            </>
          )}
        </Menu.Dropdown>
      </Menu>
      <Suspense fallback={null}>
        {moving && item && (
          <MoveDialog
            uid={uid}
            doc={kept.doc}
            item={item}
            name={nameOf(item)}
            close={() => setMoving(false)}
          />
        )}
      </Suspense>
    </>
  );
}
