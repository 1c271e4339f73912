import { useParams } from '@tanstack/react-router';
import { useMemo } from 'react';
import { query, type Shape } from '../../api/client';
import { Page } from '../../parts/Page';
import { useAddress } from '../../parts/search';
import { Lines, Loaded } from '../../parts/States';
import { useNow } from '../../parts/When';
import { figuresOf, isFormula } from './data/figures';
import { isRange, RANGE_WORDS, usualRange, windowOf } from './data/ranges';
import { idOf, isOver, startOf, type Run } from './data/run';
import { stateOf } from './data/useOverview';
import { useRuns } from './data/useRuns';
import { Actions } from './detail/Actions';
import { Around } from './detail/Around';
import { ChartCard } from './detail/ChartCard';
import { Numbers } from './detail/Numbers';
import { Sub } from './detail/Sub';
import { useSelected } from './detail/useSelected';
import { MonitorState } from './MonitorState';
import { RunPanel } from './run/RunPanel';

/** A monitor: its figures, its runs as a picture, and one of them in full. */
export function MonitorPage() {
  const { uid } = useParams({ strict: false }) as { uid: string };
  const asked = query.useQuery('get', '/monitors/{uid}', { params: { path: { uid } } });
  if (asked.data) return <Whole key={uid} monitor={asked.data.monitor} />;
  return (
    <Page title="Monitor" crumbs={[{ label: 'Monitors', to: '/monitors' }]}>
      <Loaded what="this monitor" of={asked} skeleton={<Lines count={5} height={64} />}>
        {() => null}
      </Loaded>
    </Page>
  );
}

function Whole({ monitor }: { monitor: Shape['MonitorView'] }) {
  const { uid, schedule } = monitor;
  const [address, change] = useAddress();
  const now = useNow();
  const range = isRange(address['range']) ? address['range'] : usualRange(schedule.cron, schedule.timezone);
  const formula = isFormula(address['formula']) ? address['formula'] : 'avg';
  const { from, to, before } = windowOf(range, address['at'], now);
  const asked = useRuns(uid, before);
  const all = asked.data?.runs;
  const shown = useMemo(() => within(all ?? [], from, to), [all, from, to]);
  const earlier = useMemo(() => within(all ?? [], before, from), [all, before, from]);
  const runs = useMemo(
    () =>
      shown.filter(
        ({ info }) =>
          (address['type'] === undefined || info.trigger === address['type']) &&
          (address['result'] === undefined || info.status === address['result'] || isLive(info.status)),
      ),
    [shown, address['type'], address['result']],
  );
  const selected = useSelected(runs, address, change);
  const stretch = address['at'] ? 'around this date' : RANGE_WORDS[range];
  const isCut = asked.data?.hasMore === true && earlier.length === 0;
  const newest = all?.[0];
  return (
    <Page
      title={monitor.name}
      crumbs={[{ label: 'Monitors', to: '/monitors' }]}
      badge={<MonitorState state={stateOf(monitor, newest && [newest])} streak={monitor.failureStreak} />}
      sub={<Sub monitor={monitor} />}
      actions={<Actions monitor={monitor} begun={(run) => change({ run, at: undefined })} />}
    >
      <Loaded what="its runs" of={asked} skeleton={<Lines count={4} height={90} />}>
        {() => (
          <>
            <Numbers
              now={figuresOf(shown)}
              before={range === 'all' || isCut ? undefined : figuresOf(earlier)}
              stretch={stretch}
              last={all?.find(isOver)}
            />
            <ChartCard
              runs={runs}
              all={shown.length}
              hasRun={monitor.jobId != null}
              hasMore={isCut}
              range={range}
              formula={formula}
              address={address}
              change={change}
              selected={selected.id}
              select={selected.select}
            />
          </>
        )}
      </Loaded>
      {selected.id && (
        <RunPanel
          uid={uid}
          id={selected.id}
          known={all?.find((run) => idOf(run) === selected.id)}
          previous={selected.previous}
          next={selected.next}
        />
      )}
      {/* What stands below comes after what it would be pushed down by. */}
      {!asked.isPending && <Around monitor={monitor} />}
    </Page>
  );
}

const isLive = (status: string) => status === 'queued' || status === 'running';

/** Those that began in a stretch, the oldest first. */
const within = (runs: Run[], from: number, to: number): Run[] =>
  runs.filter((run) => startOf(run) >= from && startOf(run) < to).reverse();
