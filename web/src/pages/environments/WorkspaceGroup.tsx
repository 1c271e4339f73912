import { Link } from '@tanstack/react-router';
import { Braces, Globe, LockKeyhole } from 'lucide-react';
import { query, type Shape } from '../../api/client';
import { Empty, Loaded, NoMatch } from '../../parts/States';
import { ACTIONS, Table } from '../../parts/Table';
import { When } from '../../parts/When';
import { usePeople } from '../../parts/useTeam';
import { EnvironmentMenu } from './EnvironmentMenu';
import styles from './environments.module.css';

interface GroupProps {
  workspace: Shape['WorkspaceSummary'];
  q: string;
  clear: () => void;
}

/** The environments of one workspace, and its globals. */
export function WorkspaceGroup({ workspace: { id, name, type }, q, clear }: GroupProps) {
  const asked = query.useQuery('get', '/environments', { params: { query: { workspace: id } } });
  const { nameOf } = usePeople();
  const isClosed = type === 'private' || type === 'personal';
  return (
    <section className={`card ${styles.group}`}>
      <div className="card-head">
        <h2 className="clip" style={{ flex: '0 1 auto' }}>
          {name}
        </h2>
        {isClosed && (
          <span className="row dimmed small" style={{ gap: 4 }}>
            <LockKeyhole size={13} aria-hidden /> Closed
          </span>
        )}
        <Link
          className="link small row push"
          style={{ gap: 5, minHeight: 24 }}
          to="/environments/$uid"
          params={{ uid: 'globals' }}
          search={{ workspace: id } as never}
        >
          <Globe size={14} aria-hidden />
          Globals
        </Link>
      </div>
      <Loaded what={`the environments of ${name}`} of={asked}>
        {({ environments }) => {
          const found = environments.filter((it) => it.name.toLowerCase().includes(q.trim().toLowerCase()));
          if (environments.length === 0)
            return (
              <Empty icon={Braces} title="No environments here">
                An environment holds what differs from place to place: addresses, accounts, tokens.
              </Empty>
            );
          if (found.length === 0) return <NoMatch what="environments" clear={clear} />;
          return (
            <Table
              label={`Environments of ${name}`}
              minWidth={520}
              columns={[
                { name: 'Name' },
                { name: 'Made by', width: '26%' },
                { name: 'Changed', width: 130 },
                ACTIONS,
              ]}
            >
              {found.map((it) => (
                <tr key={it.uid}>
                  <td>
                    <span className="row" style={{ gap: 12 }}>
                      <span className="kind" aria-hidden>
                        <Braces size={16} />
                      </span>
                      <Link className="name clip" to="/environments/$uid" params={{ uid: it.uid }}>
                        {it.name}
                      </Link>
                    </span>
                  </td>
                  <td className="clip dimmed">{nameOf(it.owner) ?? '—'}</td>
                  <td>
                    <When at={it.updatedAt} />
                  </td>
                  <td className="end">
                    <EnvironmentMenu environment={it} />
                  </td>
                </tr>
              ))}
            </Table>
          );
        }}
      </Loaded>
    </section>
  );
}
