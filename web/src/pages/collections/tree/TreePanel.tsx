import { ActionIcon, CloseButton, Menu, TextInput } from '@mantine/core';
import { Folder, Library, Plus, Search, Send } from 'lucide-react';
import { useDeferredValue, useMemo, useRef, useState } from 'react';
import { useKeys } from '../../../shell/keys';
import { useAdd } from '../actions/useAdd';
import { childrenOf, isFolder, text, type Doc, type Found } from '../document/model';
import { filtered } from './rows';
import { Tree } from './Tree';
import style from './panel.module.css';

interface TreePanelProps {
  doc: Doc;
  uid: string;
  found: Found | undefined;
  isRoot: boolean;
  choose: (id: string | undefined) => void;
  mayEdit: boolean;
}

/** The tree with what stands above it: the filter, a button that adds, and the collection itself. */
export function TreePanel({ doc, uid, found, isRoot, choose, mayEdit }: TreePanelProps) {
  const [words, setWords] = useState('');
  const later = useDeferredValue(words);
  const items = useMemo(() => filtered(childrenOf(doc), later), [doc, later]);
  const filter = useRef<HTMLInputElement>(null);
  useKeys({ '/': () => filter.current?.focus() });
  const add = useAdd(uid);
  const into = found ? (isFolder(found.item) ? found.item.id : found.folders.at(-1)?.id) : undefined;
  return (
    <section className="card" aria-label="Contents of the collection" style={{ overflow: 'hidden' }}>
      <div className={style.head}>
        <TextInput
          ref={filter}
          aria-label="Filter by name, method or address"
          placeholder="Filter"
          size="xs"
          leftSection={<Search size={14} aria-hidden />}
          rightSection={
            words && <CloseButton size="sm" aria-label="Clear the filter" onClick={() => setWords('')} />
          }
          value={words}
          onChange={(event) => setWords(event.currentTarget.value)}
          onKeyDown={(event) => event.key === 'Escape' && setWords('')}
          style={{ flex: 1 }}
        />
        {mayEdit && (
          <Menu>
            <Menu.Target>
              <ActionIcon size={30} variant="default" aria-label="Add to the collection">
                <Plus size={16} aria-hidden />
              </ActionIcon>
            </Menu.Target>
            <Menu.Dropdown>
              <Menu.Item leftSection={<Send size={14} aria-hidden />} onClick={() => add.request(into)}>
                Request
              </Menu.Item>
              <Menu.Item leftSection={<Folder size={14} aria-hidden />} onClick={() => add.folder(into)}>
                Folder
              </Menu.Item>
            </Menu.Dropdown>
          </Menu>
        )}
      </div>
      <button
        type="button"
        className={style.root}
        aria-current={isRoot || undefined}
        onClick={() => choose(undefined)}
      >
        <Library size={15} aria-hidden />
        <span className="clip">{text(doc.info?.name) || 'Collection'}</span>
      </button>
      {items.length > 0 ? (
        <Tree
          items={items}
          selected={found?.item.id}
          above={found?.folders.map((it) => it.id ?? '') ?? []}
          choose={choose}
          isFiltered={later.trim() !== ''}
        />
      ) : (
        <div className={`small dimmed ${style.none}`} role="status">
          {later ? 'Nothing in it matches.' : 'There is nothing in it yet.'}
        </div>
      )}
    </section>
  );
}
