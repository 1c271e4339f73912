import { Link } from '@tanstack/react-router';
import { Plus } from 'lucide-react';
import type { Shape } from '../../../api/client';
import { useMay } from '../../../api/session';
import { Pill } from '../../../parts/Pill';
import { Lines, Loaded } from '../../../parts/States';
import { When } from '../../../parts/When';
import { AddIntegration } from '../AddIntegration';
import { nth } from '../data/nth';
import { useActivity } from '../data/useActivity';
import { useResultIntegrations } from '../data/useResultIntegrations';
import css from './detail.module.css';

/** Who is told of its results, and what was done to it. */
export function Around({ monitor }: { monitor: Shape['MonitorView'] }) {
  return (
    <div className={css['around']}>
      <Integrations uid={monitor.uid} />
      <Activity uid={monitor.uid} />
    </div>
  );
}

function Integrations({ uid }: { uid: string }) {
  const mayEdit = useMay('editor');
  const { asked, integrations } = useResultIntegrations(uid);
  return (
    <section className="card" aria-labelledby="told-of-results">
      <div className="card-head">
        <h2 id="told-of-results">Tells its results to</h2>
        {mayEdit && (
          <AddIntegration uid={uid} className="push" size="xs" leftSection={<Plus size={14} aria-hidden />} />
        )}
      </div>
      <Loaded what="the integrations" of={asked}>
        {() =>
          integrations?.length ? (
            <ul className={css['list']}>
              {integrations.map((it) => (
                <li key={it.id}>
                  <div className={css['list-words']}>
                    <Link
                      className={`${css['list-name']} clip`}
                      to="/integrations/$id"
                      params={{ id: it.id } as never}
                    >
                      {it.name}
                    </Link>
                    <div className="dimmed small">
                      {notifyWords(it.options)}
                      {it.monitor == null && ' · of all monitors'}
                    </div>
                  </div>
                  <Pill state={it.status === 'active' && it.failingSince ? 'failing' : it.status} />
                </li>
              ))}
            </ul>
          ) : (
            <p className={`${css['none']} dimmed`}>
              Nobody yet. A webhook can have every result, or only failures.
            </p>
          )
        }
      </Loaded>
    </section>
  );
}

/** Which runs an integration is told of. */
function notifyWords(options: Shape['IntegrationOptions']): string {
  const { notify, from, limit } = options as { notify?: string; from?: number; limit?: number | null };
  if (notify !== 'failures') return 'Every run';
  const first = from ?? 1;
  const which =
    limit == null
      ? first === 1
        ? 'Every failure'
        : `Each failure from the ${nth(first)} in a row`
      : limit === 1
        ? `The ${nth(first)} failure in a row`
        : `The first ${limit} failures${first > 1 ? ` from the ${nth(first)}` : ''}`;
  return `${which}, then the first success`;
}

function Activity({ uid }: { uid: string }) {
  const asked = useActivity(uid);
  return (
    <section className="card" aria-labelledby="monitor-activity">
      <div className="card-head">
        <h2 id="monitor-activity">Activity</h2>
      </div>
      <Loaded what="the activity" of={asked} skeleton={<Lines count={2} height={32} />}>
        {({ activities, isWhole }) => (
          <>
            {activities.length === 0 && (
              <p className={`${css['none']} dimmed`}>Nothing was done to it lately.</p>
            )}
            <ul className={css['list']}>
              {activities.map((it) => (
                <li key={it.id}>
                  <span className={css['list-words']} style={{ overflowWrap: 'anywhere' }}>
                    {it.message}
                  </span>
                  <When at={it.createdAt} />
                </li>
              ))}
            </ul>
            {!isWhole && (
              <p className={`${css['none']} field-note`}>Older activity stands in the team’s feed.</p>
            )}
          </>
        )}
      </Loaded>
    </section>
  );
}
