import { Link } from '@tanstack/react-router';
import { query, type Shape } from '../../api/client';
import { Lines, Loaded } from '../../parts/States';
import { When } from '../../parts/When';
import { bytes, many, whole } from '../../words/numbers';

const ENGINES: Record<string, string> = { sqlite: 'SQLite', postgresql: 'PostgreSQL' };

/** What waits, how large the database is and will be, and which servers share the work. */
export function Standing() {
  const asked = query.useQuery('get', '/status', {}, { refetchInterval: 15_000 });
  return (
    <Loaded
      what="how the server stands"
      of={asked}
      skeleton={
        <div className="card">
          <Lines count={2} height={52} />
        </div>
      }
    >
      {({ status }) => (
        <>
          <Numbers status={status} />
          <Nodes nodes={status.nodes} />
        </>
      )}
    </Loaded>
  );
}

function Numbers({ status }: { status: Shape['StatusView'] }) {
  return (
    <dl className="numbers card" style={{ margin: 0 }}>
      <div>
        <dt>Postern</dt>
        <dd>
          {status.version} <small className="dimmed">{ENGINES[status.engine] ?? status.engine}</small>
        </dd>
      </div>
      <div>
        <dt>Database</dt>
        <dd>
          {bytes(status.databaseBytes)}
          <small className="dimmed">
            {status.forecastBytes
              ? `about ${bytes(status.forecastBytes)} with ${many(status.keptDays, 'day')}`
              : 'too young for a forecast'}
          </small>
        </dd>
      </div>
      <div>
        <dt>Waiting deliveries</dt>
        <dd>
          {whole(status.scheduled)}
          {status.oldestDueAt && (
            <small>
              next <When at={status.oldestDueAt} />
            </small>
          )}
        </dd>
      </div>
      <div>
        <dt>Held deliveries</dt>
        <dd>
          {whole(status.held)}
          {status.held > 0 && (
            <small>
              <Link className="link" to="/deliveries" search={{ status: 'held' } as never}>
                Look at them
              </Link>
            </small>
          )}
        </dd>
      </div>
      <div>
        <dt>Log of deliveries</dt>
        <dd>
          {many(status.keptDays, 'day')}
          {status.oldestKeptAt && (
            <small>
              oldest <When at={status.oldestKeptAt} />
            </small>
          )}
        </dd>
      </div>
    </dl>
  );
}

const Nodes = ({ nodes }: { nodes: Shape['NodeView'][] }) => (
  <section className="card">
    <div className="card-head">
      <h2>Servers</h2>
      <span className="dimmed small">
        {nodes.length === 1 ? 'One does all of the work' : `${nodes.length} share the work`}
      </span>
    </div>
    <div className="table-region" role="region" aria-label="Servers" tabIndex={0}>
      <table className="table">
        <thead>
          <tr>
            <th scope="col">Name</th>
            <th scope="col" style={{ width: 160 }}>
              Running since
            </th>
          </tr>
        </thead>
        <tbody>
          {nodes.map((node) => (
            <tr key={`${node.name} ${node.startedAt}`}>
              <td className="mono">{node.name}</td>
              <td>
                <When at={node.startedAt} />
              </td>
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  </section>
);
