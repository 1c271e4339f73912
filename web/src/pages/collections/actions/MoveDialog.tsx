import { Button, Modal, Select } from '@mantine/core';
import { useMemo, useState } from 'react';
import { findOr } from '../../../parts/find';
import { told } from '../../../parts/notify';
import { Refusal } from '../../../parts/States';
import { moveItem } from '../document/change';
import { useChange } from '../document/kept';
import { childrenOf, isFolder, nameOf, text, type Doc, type Item } from '../document/model';

interface MoveDialogProps {
  uid: string;
  doc: Doc;
  item: Item;
  name: string;
  close: () => void;
}

const ROOT = '/';

/** Asks which folder an item goes to. */
export default function MoveDialog({ uid, doc, item, name, close }: MoveDialogProps) {
  const [into, setInto] = useState<string | null>(null);
  const change = useChange(uid);
  const folders = useMemo(() => foldersOf(doc, item), [doc, item]);
  const move = () =>
    change.mutate(
      { change: moveItem(item.id!, { into: into === ROOT ? null : into }) },
      {
        onSuccess: () => {
          told(`Moved ${name}`);
          close();
        },
      },
    );
  return (
    <Modal opened onClose={close} title={<span className="clip">Move {name}</span>}>
      <div className="stack">
        <Refusal of={change} />
        <Select
          label="To"
          placeholder="Choose a folder"
          searchable
          data-autofocus
          limit={200}
          filter={findOr('No such folder')}
          data={folders}
          value={into}
          onChange={setInto}
          withScrollArea={false}
          styles={{
            option: { overflowWrap: 'anywhere' },
            options: { maxHeight: 220, overflowY: 'auto' },
          }}
        />
        <div className="row">
          <Button className="push" variant="default" onClick={close}>
            Cancel
          </Button>
          <Button onClick={move} disabled={into === null} loading={change.isPending}>
            Move
          </Button>
        </div>
      </div>
    </Modal>
  );
}

/** Every folder by its path, but not the item itself and what lies in it. */
function foldersOf(doc: Doc, item: Item): { value: string; label: string }[] {
  const out = [{ value: ROOT, label: text(doc.info?.name) || 'The collection' }];
  const walk = (items: Item[], path: string[]) => {
    for (const each of items) {
      if (!isFolder(each) || each === item || !each.id) continue;
      const own = [...path, nameOf(each)];
      out.push({ value: each.id, label: own.join(' / ') });
      walk(childrenOf(each), own);
    }
  };
  walk(childrenOf(doc), []);
  return out;
}
