import { Tooltip } from '@mantine/core';
import { Link } from '@tanstack/react-router';
import type { Shape } from '../../../api/client';
import { useNow } from '../../../parts/When';
import { exact } from '../../../words/time';
import { useNames } from '../data/useNames';
import { nextWords, scheduleWords } from '../schedule/words';

/** What it runs, with what, when, and when next. */
export function Sub({ monitor }: { monitor: Shape['MonitorView'] }) {
  const names = useNames();
  const now = useNow();
  const { collectionUid, environmentUid, schedule, active } = monitor;
  return (
    <span style={{ overflowWrap: 'anywhere' }}>
      <Link className="quiet" to="/collections/$uid" params={{ uid: collectionUid } as never}>
        {names.collection(collectionUid) ?? 'Collection'}
      </Link>
      {' · '}
      {environmentUid ? (
        <Link className="quiet" to="/environments/$uid" params={{ uid: environmentUid } as never}>
          {names.environment(environmentUid) ?? 'Environment'}
        </Link>
      ) : (
        'no environment'
      )}
      {' · '}
      {scheduleWords(schedule.cron)}
      {' · '}
      {active && schedule.nextRun ? (
        <Tooltip label={exact(schedule.nextRun)}>
          <time dateTime={schedule.nextRun}>next run {nextWords(schedule.nextRun, now)}</time>
        </Tooltip>
      ) : active ? (
        'no next run'
      ) : (
        'does not run by itself'
      )}
    </span>
  );
}
