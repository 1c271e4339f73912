import { Link } from '@tanstack/react-router';
import { Archive, Plus } from 'lucide-react';
import type { ReactNode } from 'react';
import { query } from '../../../api/client';
import { Pill } from '../../../parts/Pill';
import { kindOf } from '../../../words/kinds';
import { whole } from '../../../words/numbers';
import style from '../collections.module.css';
import { versionOf, type Kept } from '../document/kept';
import { About } from './About';
import own from './side.module.css';

/** Beside a collection: what watches it, what tells of it, and what is said of it. */
export function SideStrip({ uid, kept, mayEdit }: { uid: string; kept: Kept; mayEdit: boolean }) {
  const monitors = query.useQuery('get', '/monitors', {
    params: { query: { collectionUid: uid, limit: 50 } },
  });
  const integrations = query.useQuery('get', '/integrations', { params: { query: { collection: uid } } });
  const hasBackup = integrations.data?.integrations.some((it) => it.event === 'collection_backup');
  return (
    <aside className={style.side} aria-label="About the collection">
      <Group
        title="Monitors"
        count={monitors.data?.monitors.length}
        add={
          mayEdit && (
            <Link
              className={own.add}
              to="/monitors/new"
              search={{ collection: uid } as never}
              aria-label="Add a monitor"
            >
              <Plus size={14} aria-hidden />
            </Link>
          )
        }
      >
        {monitors.data?.monitors.map((monitor) => (
          <li key={monitor.uid}>
            <Link className="quiet clip" to="/monitors/$uid" params={{ uid: monitor.uid } as never}>
              {monitor.name}
            </Link>
            <span className="push">
              <Pill state={monitor.active ? 'active' : 'paused'} />
            </span>
          </li>
        ))}
        {monitors.data?.monitors.length === 0 && <li className="dimmed">No monitor runs it.</li>}
      </Group>
      <Group title="Integrations" count={integrations.data?.integrations.length}>
        {integrations.data?.integrations.map((integration) => {
          const Icon = kindOf(integration.event).icon;
          return (
            <li key={integration.id}>
              <Icon size={14} aria-hidden className="dimmed" style={{ flex: 'none' }} />
              <Link className="quiet clip" to="/integrations/$id" params={{ id: integration.id } as never}>
                {integration.name}
              </Link>
              <span className="push">
                <Pill state={integration.status} />
              </span>
            </li>
          );
        })}
        {mayEdit && integrations.data && !hasBackup && (
          <li>
            <Archive size={14} aria-hidden className="dimmed" />
            <Link
              className="link"
              to="/integrations"
              search={{ event: 'collection_backup', collection: uid } as never}
            >
              Back it up
            </Link>
          </li>
        )}
        {!mayEdit && integrations.data?.integrations.length === 0 && (
          <li className="dimmed">Nobody is told of it.</li>
        )}
      </Group>
      <About
        uid={uid}
        mayEdit={mayEdit}
        versions={
          <Link className="link" to="/collections/$uid/changelog" params={{ uid } as never}>
            {whole(versionOf(kept.etag))}
          </Link>
        }
      />
    </aside>
  );
}

interface GroupProps {
  title: string;
  count: number | undefined;
  add?: ReactNode;
  children: ReactNode;
}

const Group = ({ title, count, add, children }: GroupProps) => (
  <section className="card">
    <h2 className={own.title}>
      {title}
      {count !== undefined && <span className="dimmed number">{count}</span>}
      {add && <span className="push row">{add}</span>}
    </h2>
    <ul className={own.list}>{children}</ul>
  </section>
);
