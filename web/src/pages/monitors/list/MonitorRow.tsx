import { ActionIcon, Checkbox, Skeleton, Tooltip } from '@mantine/core';
import { useInViewport } from '@mantine/hooks';
import { Link } from '@tanstack/react-router';
import { Play } from 'lucide-react';
import { sentence } from '../../../api/errors';
import { useNow } from '../../../parts/When';
import { many, percent } from '../../../words/numbers';
import { exact } from '../../../words/time';
import { BARS, passedOf, type MonitorLine } from '../data/useOverview';
import { useRunNow } from '../data/useRunNow';
import { useSchedule } from '../data/useSchedule';
import { MonitorState } from '../MonitorState';
import { nextWords, scheduleWords } from '../schedule/words';
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
  const { monitor, runs, state, streak, trouble } = line;
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
          <MonitorState state={state} streak={streak} most={BARS} />
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
      <div className={css['next']}>
        <Next {...line} />
      </div>
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

/** When it runs next, and how often; that is read for those that are seen. */
function Next({ monitor, runs, nextRun }: MonitorLine) {
  const now = useNow();
  const { ref, inViewport } = useInViewport();
  const { data: schedule } = useSchedule(monitor.uid, inViewport);
  const words = schedule && scheduleWords(schedule.cron);
  return (
    <div ref={ref}>
      <div className="small number">
        {!monitor.active ? (
          <span className="dimmed">Does not run by itself</span>
        ) : nextRun ? (
          <Tooltip label={exact(nextRun)}>
            <time dateTime={nextRun}>Next {nextWords(nextRun, now)}</time>
          </Tooltip>
        ) : (
          runs && 'No next run'
        )}
      </div>
      <div
        className="dimmed small clip"
        title={schedule && `${words}, ${schedule.timezone} (${schedule.cron})`}
      >
        {/* Its line is there before it is, so that nothing moves. */}
        {words ?? '\u00a0'}
      </div>
    </div>
  );
}
