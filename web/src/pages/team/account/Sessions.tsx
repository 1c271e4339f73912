import { Button } from '@mantine/core';
import { MonitorSmartphone } from 'lucide-react';
import { query, type Shape } from '../../../api/client';
import { Loaded } from '../../../parts/States';
import { When } from '../../../parts/When';
import { failed, told } from '../../../parts/notify';
import { browserOf } from '../audit/browser';
import styles from '../team.module.css';
import { Card } from './Card';

/** The browsers in which one is signed in. */
export function Sessions() {
  const asked = query.useQuery('get', '/me/sessions', {});
  const end = query.useMutation('delete', '/me/sessions/{id}');
  return (
    <Card title="Sessions" sub="Where you are signed in">
      <Loaded what="your sessions" of={asked}>
        {({ sessions }) => (
          <ul style={{ listStyle: 'none', margin: 0, padding: 0 }}>
            {inOrder(sessions).map((session) => (
              <li key={session.id} className={styles.line}>
                <span className="kind" aria-hidden>
                  <MonitorSmartphone size={16} />
                </span>
                <span style={{ minWidth: 0, flex: 1, fontSize: 13 }}>
                  <span className="row wrap" style={{ gap: '2px 8px' }}>
                    <span className={styles.name} title={session.userAgent}>
                      {browserOf(session.userAgent)}
                    </span>
                    {session.current && <span className={styles.chip}>This one</span>}
                  </span>
                  <span className="dimmed small">
                    used <When at={session.lastUsedAt} />, signed in <When at={session.createdAt} />
                  </span>
                </span>
                {!session.current && (
                  <Button
                    size="xs"
                    variant="default"
                    aria-label={`Sign out ${browserOf(session.userAgent)}`}
                    loading={end.isPending && end.variables?.params.path.id === session.id}
                    onClick={() =>
                      end.mutate(
                        { params: { path: { id: session.id } } },
                        {
                          onSuccess: () => told('Signed out there'),
                          onError: (error) => failed('Could not sign out there', error),
                        },
                      )
                    }
                  >
                    Sign out
                  </Button>
                )}
              </li>
            ))}
          </ul>
        )}
      </Loaded>
    </Card>
  );
}

/** This one first, then as they were last used. */
const inOrder = (sessions: Shape['SessionLine'][]) =>
  sessions.toSorted(
    (one, other) =>
      Number(other.current) - Number(one.current) || other.lastUsedAt.localeCompare(one.lastUsedAt),
  );
