import { ChevronRight, Folder, FolderOpen } from 'lucide-react';
import { useEffect, useMemo, useRef, useState, type KeyboardEvent } from 'react';
import { childrenOf, countRequests, isFolder, methodOf, nameOf, type Item } from '../document/model';
import { rowsOf, step, typed, type Row } from './rows';
import style from './tree.module.css';
import { useWindow } from './useWindow';

const HEIGHT = 30;
/** A small collection is seen whole. */
const FEW = 60;

interface TreeProps {
  items: Item[];
  /** The chosen item, and the folders that it lies in. */
  selected: string | undefined;
  above: string[];
  choose: (id: string) => void;
  /** With a filter all that is left is open. */
  isFiltered: boolean;
}

/** Folders and requests as a tree. One stop of Tab; arrows, Home, End and letters move, Enter opens. Only what is in view is drawn. */
export function Tree({ items, selected, above, choose, isFiltered }: TreeProps) {
  const plain = useState<ReadonlySet<string>>(new Set());
  const whileFiltered = useState<ReadonlySet<string>>(new Set());
  const [turned, setTurned] = isFiltered ? whileFiltered : plain;
  const isSmall = useMemo(() => countRequests(items) <= FEW, [items]);
  const byDefault = useMemo(() => (isFiltered || isSmall ? () => true : () => false), [isFiltered, isSmall]);
  const rows = useMemo(() => rowsOf(items, { turned, byDefault }), [items, turned, byDefault]);
  const [active, setActive] = useState<string | undefined>(selected);
  const found = rows.findIndex((row) => row.id === active);
  const at = found < 0 ? 0 : found;
  const box = useRef<HTMLDivElement>(null);
  const word = useRef({ text: '', at: 0 });

  // What has the keyboard is always drawn, or the tree would point at nothing.
  const { drawn, show } = useWindow(box, rows.length, HEIGHT, at);

  const turn = (id: string) =>
    setTurned((old) => {
      const next = new Set(old);
      if (!next.delete(id)) next.add(id);
      return next;
    });

  // The chosen one is shown: the folders around it are opened, and it is scrolled to.
  const way = above.join(' ');
  useEffect(() => {
    if (!selected) return;
    setActive(selected);
    setTurned((old) => {
      const closed = above.filter((id) => byDefault() === old.has(id));
      if (closed.length === 0) return old;
      const next = new Set(old);
      for (const id of closed) if (!next.delete(id)) next.add(id);
      return next;
    });
  }, [selected, way]);
  const toShow = useRef<string>(undefined);
  useEffect(() => void (toShow.current = selected), [selected, way]);
  useEffect(() => {
    // It may be there only once its folders are open.
    const index = toShow.current === undefined ? -1 : rows.findIndex((row) => row.id === toShow.current);
    if (index < 0) return;
    show(index);
    toShow.current = undefined;
  }, [rows, selected, way]);

  const go = (to: number | undefined) => {
    const row = to === undefined ? undefined : rows[to];
    if (!row) return;
    setActive(row.id);
    show(to!);
  };

  const press = (event: KeyboardEvent) => {
    const row = rows[at];
    if (!row || event.ctrlKey || event.metaKey || event.altKey) return;
    if (event.key === 'Enter' || event.key === ' ') choose(row.id);
    else if (event.key === 'ArrowRight' && row.isFolder && !row.isOpen) turn(row.id);
    else if (event.key === 'ArrowLeft' && row.isOpen) turn(row.id);
    else if (event.key.startsWith('Arrow') || event.key === 'Home' || event.key === 'End')
      go(step(rows, at, event.key));
    else if (event.key.length === 1 && event.key !== '/' && event.key !== '?') {
      const goesOn = Date.now() - word.current.at < 700;
      word.current = { text: (goesOn ? word.current.text : '') + event.key, at: Date.now() };
      go(typed(rows, at, word.current.text));
    } else return;
    event.preventDefault();
    event.stopPropagation();
  };

  return (
    <div
      ref={box}
      className={style.tree}
      role="tree"
      aria-label="Folders and requests"
      aria-activedescendant={rows[at] ? rowId(rows[at].id) : undefined}
      tabIndex={0}
      onKeyDown={press}
    >
      <div role="presentation" style={{ height: rows.length * HEIGHT, position: 'relative' }}>
        {drawn.map((index) => {
          const row = rows[index];
          if (!row) return null;
          return (
            <TreeRow
              key={row.id}
              row={row}
              top={index * HEIGHT}
              isActive={index === at}
              isSelected={row.id === selected}
              open={() => {
                setActive(row.id);
                choose(row.id);
              }}
              turn={() => turn(row.id)}
            />
          );
        })}
      </div>
    </div>
  );
}

const rowId = (id: string) => `tree-${id}`;

interface TreeRowProps {
  row: Row;
  top: number;
  isActive: boolean;
  isSelected: boolean;
  open: () => void;
  turn: () => void;
}

function TreeRow({ row, top, isActive, isSelected, open, turn }: TreeRowProps) {
  const { item, depth } = row;
  const Icon = row.isOpen ? FolderOpen : Folder;
  return (
    <div
      id={rowId(row.id)}
      role="treeitem"
      aria-level={depth + 1}
      aria-setsize={row.siblings}
      aria-posinset={row.place}
      aria-selected={isSelected}
      {...(isFolder(item) && { 'aria-expanded': row.isOpen })}
      className={style.row}
      data-active={isActive || undefined}
      style={{ top, height: HEIGHT, paddingLeft: 8 + Math.min(depth, 12) * 14 }}
      onClick={open}
      onDoubleClick={row.isFolder ? turn : undefined}
      title={nameOf(item)}
    >
      {row.isFolder ? (
        <span
          className={style.turn}
          data-open={row.isOpen || undefined}
          onClick={(event) => {
            event.stopPropagation();
            turn();
          }}
          aria-hidden
        >
          <ChevronRight size={14} />
        </span>
      ) : (
        <span className={style.turn} aria-hidden />
      )}
      {row.isFolder ? (
        <Icon size={15} aria-hidden className={style.folder} />
      ) : (
        <span className={`method ${style.method}`} data-method={methodOf(item.request)}>
          {short(methodOf(item.request))}
        </span>
      )}
      <span className="clip">{nameOf(item)}</span>
      {row.isFolder && !row.isOpen && (
        <span className={style.count} aria-hidden>
          {countRequests(childrenOf(item))}
        </span>
      )}
    </div>
  );
}

const SHORT: Record<string, string> = { DELETE: 'DEL', OPTIONS: 'OPT', PATCH: 'PATCH' };
const short = (method: string) => SHORT[method] ?? method.slice(0, 5);
