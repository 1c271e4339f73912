import { useParams } from '@tanstack/react-router';
import { query, type Shape } from '../../api/client';
import { Page } from '../../parts/Page';
import { useAddress } from '../../parts/search';
import { Lines, Loaded } from '../../parts/States';
import { useNow } from '../../parts/When';
import { figuresOf, isFormula } from './data/figures';
import { RANGE_WORDS, windowOf } from './data/ranges';
import { idOf } from './data/run';
import { stateOf } from './data/state';
import { useNewest } from './data/useRuns';
import { useShown } from './data/useShown';
import { Actions } from './detail/Actions';
import { Around } from './detail/Around';
import { ChartCard } from './detail/ChartCard';
import { Numbers } from './detail/Numbers';
import { Sub } from './detail/Sub';
import { useSelected } from './detail/useSelected';
import { useStretch } from './detail/useStretch';
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
  const { range, at } = useStretch(schedule, address, change);
  const formula = isFormula(address['formula']) ? address['formula'] : 'avg';
  const window = windowOf(range, at, now);
  const { asked, all, shown, earlier, runs, isCut, hasMore } = useShown(uid, window, address);
  const selected = useSelected(runs, { ...address, at }, change);
  const stretch = at ? 'around this date' : RANGE_WORDS[range];
  const elsewhere = useNewest(uid, at !== undefined);
  const newest = at ? elsewhere.data : all?.[0];
  const state = stateOf({
    isActive: monitor.active,
    streak: monitor.failureStreak,
    newest: newest ?? (monitor.lastRun ? { info: monitor.lastRun } : undefined),
  });
  return (
    <Page
      title={monitor.name}
      crumbs={[{ label: 'Monitors', to: '/monitors' }]}
      badge={<MonitorState state={state} streak={monitor.failureStreak} />}
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
              last={monitor.lastRun ?? undefined}
            />
            <ChartCard
              uid={uid}
              runs={runs}
              all={shown.length}
              hasRun={monitor.jobId != null}
              hasMore={hasMore}
              range={range}
              formula={formula}
              address={{ ...address, at }}
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
