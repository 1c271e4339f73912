import { ActionIcon, Checkbox, Skeleton, Tooltip } from '@mantine/core';
import { Link } from '@tanstack/react-router';
import { Play } from 'lucide-react';
import { sentence } from '../../../api/errors';
import { useNow } from '../../../parts/When';
import { many, percent } from '../../../words/numbers';
import { ago, exact } from '../../../words/time';
import { passedOf, type MonitorLine } from '../data/useOverview';
import { MonitorState } from '../MonitorState';
import { scheduleWords } from '../schedule/words';
import { useRunNow } from '../data/useRunNow';
import css from './list.module.css';
import { RunBars } from './RunBars';

interface MonitorRowProps {
  line: MonitorLine;
  collection: string | undefined;
  environment: string | undefined;
  mayEdit: boolean;
  isPicked: boolean;
  pick: (picked: boolean) => void;
}

/** One monitor: how it stands, what it did lately, when it runs next. */
export function MonitorRow({ line, collection, environment, mayEdit, isPicked, pick }: MonitorRowProps) {
  const { monitor, detail, runs, state, trouble } = line;
  const { uid, name } = monitor;
  const { run, isStarting } = useRunNow(uid);
  const passed = runs && passedOf(runs);
  const subjects = `${collection ?? '…'} · ${monitor.environmentUid ? (environment ?? '…') : 'no environment'}`;
  return (
    <li className={css['row']} data-picked={isPicked || undefined} data-may={mayEdit || undefined}>
      {mayEdit && (
        <Checkbox
          className={css['pick'] ?? ''}
          aria-label={`Select ${name}`}
          checked={isPicked}
          onChange={(event) => pick(event.currentTarget.checked)}
        />
      )}
      <div className={css['name']}>
        <Link to="/monitors/$uid" params={{ uid } as never} className={css['link']} title={name}>
          {name}
        </Link>
        <div className="dimmed small clip" title={subjects}>
          {subjects}
        </div>
      </div>
      <div className={css['state']}>
        {state ? (
          <MonitorState state={state} streak={detail?.failureStreak ?? 0} />
        ) : trouble ? (
          <span className="dimmed small">Not known</span>
        ) : (
          <Skeleton w={86} h={22} radius={11} />
        )}
      </div>
      <div className={css['lately']}>
        {runs ? (
          <RunBars uid={uid} name={name} runs={runs} />
        ) : trouble ? (
          <span className="bad-text small">{sentence(trouble)}</span>
        ) : (
          <Skeleton h={30} />
        )}
      </div>
      <div className={`${css['rate']} number`}>
        {passed && passed.of > 0 && (
          <Tooltip label={`${passed.passed} of the last ${many(passed.of, 'run')} passed`}>
            <span className={passed.passed < passed.of ? '' : 'ok-text'}>
              {percent(passed.passed, passed.of)}
              <span className={css['unit']}> passed</span>
            </span>
          </Tooltip>
        )}
      </div>
      <div className={css['next']}>{detail && <Next {...detail} />}</div>
      {mayEdit && (
        <Tooltip label="Run now">
          <ActionIcon
            className={css['run'] ?? ''}
            variant="default"
            size="lg"
            aria-label={`Run ${name} now`}
            loading={isStarting}
            onClick={() => run()}
          >
            <Play size={14} aria-hidden />
          </ActionIcon>
        </Tooltip>
      )}
    </li>
  );
}

function Next({ active, schedule }: Pick<NonNullable<MonitorLine['detail']>, 'active' | 'schedule'>) {
  const now = useNow();
  const words = scheduleWords(schedule.cron);
  return (
    <>
      <div className="small number">
        {!active ? (
          <span className="dimmed">Does not run by itself</span>
        ) : schedule.nextRun ? (
          <Tooltip label={exact(schedule.nextRun)}>
            <time dateTime={schedule.nextRun}>Next {nextWords(schedule.nextRun, now)}</time>
          </Tooltip>
        ) : (
          'No next run'
        )}
      </div>
      <div className="dimmed small clip" title={`${words}, ${schedule.timezone} (${schedule.cron})`}>
        {words}
      </div>
    </>
  );
}

/** A time that has come is not "4 s ago": the run is about to begin. */
export const nextWords = (iso: string, now: number): string =>
  Date.parse(iso) - now < 5000 ? 'in a moment' : ago(iso, now);
