import { Alert, Button } from '@mantine/core';
import { Link } from '@tanstack/react-router';
import { ArrowDownToLine, GitMerge } from 'lucide-react';
import { Refused } from '../../api/errors';
import { query } from '../../api/client';
import { When } from '../../parts/When';
import { told } from '../../parts/notify';
import { many } from '../../words/numbers';

/** What grew from an environment, and how each takes from the other; nothing where there is none. */
export function Forks({ uid, canEdit }: { uid: string; canEdit: boolean }) {
  const asked = query.useQuery('get', '/environments/{uid}/forks', {
    params: { path: { uid }, query: { limit: 100, direction: 'desc' } },
  });
  const merge = query.useMutation('post', '/environments/{uid}/merges');
  const pull = query.useMutation('post', '/environments/{uid}/pulls');
  const forks = asked.data?.data ?? [];
  if (forks.length === 0) return null;
  const isBusy = merge.isPending || pull.isPending;
  return (
    <section className="card" style={{ marginTop: 14 }}>
      <div className="card-head">
        <h2>Forks</h2>
        <span className="dimmed small">{many(forks.length, 'fork')}</span>
      </div>
      <Conflict error={merge.error ?? pull.error} />
      <div className="table-region" role="region" aria-label="Forks" tabIndex={0}>
        <table className="table" style={{ minWidth: 560 }}>
          <thead>
            <tr>
              <th scope="col">Label</th>
              <th scope="col">By</th>
              <th scope="col">Changed</th>
              {canEdit && (
                <th scope="col" className="end">
                  Actions
                </th>
              )}
            </tr>
          </thead>
          <tbody>
            {forks.map((fork) => (
              <tr key={fork.forkId}>
                <td>
                  <Link className="name" to="/environments/$uid" params={{ uid: fork.forkId }}>
                    {fork.forkName}
                  </Link>
                </td>
                <td>{fork.createdBy}</td>
                <td>
                  <When at={fork.updatedAt} />
                </td>
                {canEdit && (
                  <td>
                    <span className="row" style={{ justifyContent: 'flex-end' }}>
                      <Button
                        size="compact-sm"
                        variant="default"
                        disabled={isBusy}
                        leftSection={<ArrowDownToLine size={14} aria-hidden />}
                        onClick={() => {
                          merge.reset();
                          pull.mutate(
                            { params: { path: { uid: fork.forkId } }, body: { source: uid } },
                            { onSuccess: () => told(`${fork.forkName} has what is new here`) },
                          );
                        }}
                      >
                        Update it
                      </Button>
                      <Button
                        size="compact-sm"
                        variant="default"
                        disabled={isBusy}
                        leftSection={<GitMerge size={14} aria-hidden />}
                        onClick={() => {
                          pull.reset();
                          merge.mutate(
                            { params: { path: { uid } }, body: { source: fork.forkId } },
                            { onSuccess: () => told(`Merged ${fork.forkName}`) },
                          );
                        }}
                      >
                        Merge here
                      </Button>
                    </span>
                  </td>
                )}
              </tr>
            ))}
          </tbody>
        </table>
      </div>
    </section>
  );
}

/** What both have changed differently. */
function Conflict({ error }: { error: unknown }) {
  if (!error) return null;
  const details = error instanceof Refused ? error.details : undefined;
  const conflicts = (details as { conflicts?: unknown } | undefined)?.conflicts;
  return (
    <Alert
      color="red"
      variant="light"
      m="md"
      role="alert"
      title={error instanceof Error ? error.message : ''}
    >
      {Array.isArray(conflicts) && (
        <ul style={{ margin: 0, paddingLeft: 18 }}>
          {conflicts.map((conflict, at) => (
            <li key={at} className="mono">
              {wordsOf(conflict)}
            </li>
          ))}
        </ul>
      )}
    </Alert>
  );
}

const wordsOf = (conflict: unknown): string => {
  const { key, name } = (conflict ?? {}) as { key?: unknown; name?: unknown };
  return String(key ?? name ?? (typeof conflict === 'string' ? conflict : JSON.stringify(conflict)));
};
