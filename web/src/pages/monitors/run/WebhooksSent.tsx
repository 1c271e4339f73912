import { Link } from '@tanstack/react-router';
import { Zap } from 'lucide-react';
import { useMay } from '../../../api/session';
import { Pill } from '../../../parts/Pill';
import { Empty, Loaded } from '../../../parts/States';
import { When } from '../../../parts/When';
import { many } from '../../../words/numbers';
import { AddIntegration } from '../AddIntegration';
import type { Run } from '../data/run';
import { useResultIntegrations } from '../data/useResultIntegrations';
import css from './run.module.css';
import { useTold } from './useTold';

/** The deliveries that this run caused. */
export function WebhooksSent({ uid, run }: { uid: string; run: Run }) {
  const told = useTold(uid, run);
  return (
    <Loaded what="the deliveries" of={told}>
      {(deliveries) =>
        deliveries.length === 0 ? (
          <Nothing uid={uid} />
        ) : (
          <>
            <ul className={css['told']}>
              {deliveries.map((it) => (
                <li key={it.id}>
                  <Pill state={it.status} />
                  <Link
                    className={`${css['told-name']} clip`}
                    to="/deliveries/$id"
                    params={{ id: it.id } as never}
                  >
                    {it.integrationName || 'An integration that is gone'}
                  </Link>
                  <span className="dimmed small number">{many(it.attemptCount, 'attempt')}</span>
                  <When at={it.createdAt} />
                </li>
              ))}
            </ul>
            <p className={`${css['note']} field-note`}>
              A delivery does not name its run: these tell this run’s figures and were made as it ended.
            </p>
          </>
        )
      }
    </Loaded>
  );
}

function Nothing({ uid }: { uid: string }) {
  const mayEdit = useMay('editor');
  const { integrations } = useResultIntegrations(uid);
  return integrations?.length ? (
    <Empty icon={Zap} title="This run sent nothing">
      {integrations.length === 1
        ? `“${integrations[0]!.name}” was not there yet, is paused, or tells only failures that come in a row; or this run is older than the log.`
        : 'The integrations were not there yet, are paused, or tell only failures that come in a row; or this run is older than the log.'}
    </Empty>
  ) : (
    <Empty
      icon={Zap}
      title="Nobody is told of this monitor’s results"
      action={mayEdit && <AddIntegration uid={uid} />}
    >
      An integration sends each result, or only the third failure in a row and the first success after it.
    </Empty>
  );
}
