import { Button } from '@mantine/core';
import { Link } from '@tanstack/react-router';
import { GitFork, Library } from 'lucide-react';
import { useRef, useState } from 'react';
import { ACTIONS, Table } from '../../../parts/Table';
import { When } from '../../../parts/When';
import { whole } from '../../../words/numbers';
import { useKeys } from '../../../shell/keys';
import { CollectionMenu } from '../actions/CollectionMenu';
import { useNames } from '../useNames';
import style from './list.module.css';
import type { Listed } from './useCollections';

/** So many at once. */
const PAGE = 200;

interface CollectionTableProps {
  shown: Listed[];
  rooms: { id: string; name: string }[];
}

export function CollectionTable({ shown, rooms }: CollectionTableProps) {
  const [pages, setPages] = useState(1);
  const table = useRef<HTMLTableElement>(null);
  const names = useNames();
  const move = (by: number) => {
    const links = [...(table.current?.querySelectorAll<HTMLElement>('a.name') ?? [])];
    const at = links.indexOf(document.activeElement as HTMLElement);
    links[Math.max(0, Math.min(links.length - 1, at + by))]?.focus();
  };
  useKeys({ j: () => move(1), k: () => move(-1) });
  const hasRooms = rooms.length > 1;
  const roomName = (id: string | undefined) => rooms.find((room) => room.id === id)?.name ?? '—';
  const nameOf = (uid: string) => shown.find((it) => it.uid === uid)?.name;
  return (
    <>
      <Table
        label="Collections"
        ref={table}
        columns={[
          { name: 'Name' },
          hasRooms && { name: 'Workspace' },
          { name: 'Owner' },
          { name: 'Monitors', isEnd: true },
          { name: 'Integrations', isEnd: true },
          { name: 'Updated' },
          ACTIONS,
        ]}
      >
        {shown.slice(0, pages * PAGE).map((it) => (
          <tr key={it.uid}>
            <td className={style.name}>
              <div className="row">
                <span className="kind">
                  {it.fork ? <GitFork size={16} aria-hidden /> : <Library size={16} aria-hidden />}
                </span>
                <div style={{ minWidth: 0 }}>
                  <Link
                    className={`name ${style.clip}`}
                    to="/collections/$uid"
                    params={{ uid: it.uid } as never}
                    title={it.name}
                  >
                    {it.name}
                  </Link>
                  {it.fork && (
                    <div className={`small dimmed ${style.clip}`}>
                      Fork of {nameOf(it.fork.from) ?? 'another one'} · {it.fork.label}
                    </div>
                  )}
                </div>
              </div>
            </td>
            {hasRooms && <td>{roomName(it.workspace)}</td>}
            <td>{names.of(it.owner)}</td>
            <td className="end number">
              <Count count={it.monitors} />
            </td>
            <td className="end number">
              <Count count={it.integrations} />
            </td>
            <td>
              <When at={it.updatedAt} />
            </td>
            <td className="end">
              <CollectionMenu uid={it.uid} name={it.name} isSmall />
            </td>
          </tr>
        ))}
      </Table>
      {shown.length > pages * PAGE && (
        <div className={style.more}>
          <Button variant="default" size="xs" onClick={() => setPages(pages + 1)}>
            Show more of {whole(shown.length)}
          </Button>
        </div>
      )}
    </>
  );
}

const Count = ({ count }: { count: number | undefined }) =>
  count ? <>{whole(count)}</> : <span className="dimmed">{count === 0 ? '0' : '—'}</span>;
