import { Modal } from '@mantine/core';
import { Search } from 'lucide-react';
import { useId, useState, type KeyboardEvent } from 'react';
import { useSession } from '../api/session';
import styles from './Palette.module.css';
import { Marked } from './palette/Marked';
import { rank } from './palette/rank';
import { keepRecent, recentOf } from './palette/recent';
import { useItems, type Item } from './palette/useItems';

interface PaletteProps {
  /** Closes it; one is where one was. */
  close: () => void;
  /** The same, and one is somewhere else. */
  leave: () => void;
}

/** Finds pages, things and actions by a few letters. */
export default function Palette({ close, leave }: PaletteProps) {
  const { user } = useSession();
  const [typed, type] = useState('');
  const [at, be] = useState(0);
  const [recent] = useState(() => recentOf(user.id));
  const name = useId();
  const groups = rank(typed, useItems(), recent);
  const found = groups.flatMap((group) => group.found.map(({ item }) => item));
  const chosen = found[Math.min(at, found.length - 1)];
  const idOf = (item: Item) => `${name}-${found.indexOf(item)}`;

  const choose = (item: Item) => {
    keepRecent(user.id, item.id);
    if (item.stays) close();
    else leave();
    void item.act();
  };
  const press = (event: KeyboardEvent) => {
    const last = found.length - 1;
    const moves: Record<string, number> = {
      ArrowDown: at >= last ? 0 : at + 1,
      ArrowUp: at <= 0 ? last : Math.min(at, last) - 1,
      PageDown: Math.min(last, at + 8),
      PageUp: Math.max(0, at - 8),
    };
    const next = moves[event.key];
    if (next !== undefined) {
      event.preventDefault();
      be(next);
      document.getElementById(`${name}-${next}`)?.scrollIntoView({ block: 'nearest' });
    } else if (event.key === 'Enter' && chosen && !event.nativeEvent.isComposing) {
      event.preventDefault();
      choose(chosen);
    }
  };

  return (
    <Modal.Root opened onClose={close} size={620} yOffset="12dvh" centered={false} returnFocus={false}>
      <Modal.Overlay backgroundOpacity={0.4} />
      <Modal.Content aria-label="Search" radius="lg">
        <div className={styles.box}>
          <div className={styles.field}>
            <Search size={17} aria-hidden />
            <input
              role="combobox"
              aria-label="Search pages, things and actions"
              aria-expanded={found.length > 0}
              aria-controls={`${name}-list`}
              aria-activedescendant={chosen && idOf(chosen)}
              aria-autocomplete="list"
              placeholder="Search pages, things and actions"
              autoComplete="off"
              spellCheck={false}
              data-autofocus
              value={typed}
              onChange={(event) => {
                type(event.currentTarget.value);
                be(0);
              }}
              onKeyDown={press}
            />
            <kbd aria-hidden>Esc</kbd>
          </div>
          <div className={styles.list} role="listbox" id={`${name}-list`} aria-label="Found" tabIndex={-1}>
            {groups.map((group) => (
              <div key={group.title} role="group" aria-label={group.title}>
                <div className={styles.title} aria-hidden>
                  {group.title}
                </div>
                {group.found.map(({ item, marks }) => (
                  <div
                    key={item.id}
                    id={idOf(item)}
                    role="option"
                    aria-selected={item === chosen}
                    className={styles.option}
                    onMouseMove={() => item !== chosen && be(found.indexOf(item))}
                    onClick={() => choose(item)}
                  >
                    <item.icon size={16} aria-hidden />
                    <span className="clip">
                      <Marked text={item.label} marks={marks} />
                    </span>
                    {item.hint && <span className={styles.hint}>{item.hint}</span>}
                  </div>
                ))}
              </div>
            ))}
          </div>
          <div role="status" className={found.length > 0 ? styles.unseen : styles.none}>
            {found.length > 0 ? `${found.length} found` : `Nothing is called “${typed.trim().slice(0, 60)}”`}
          </div>
        </div>
      </Modal.Content>
    </Modal.Root>
  );
}
