import { useParams } from '@tanstack/react-router';
import { query } from '../../api/client';
import { Page } from '../../parts/Page';
import { Lines, Loaded } from '../../parts/States';
import { exact } from '../../words/time';
import { startOf } from './data/run';
import { useRun } from './data/useRun';
import { RunDetail, RunWords } from './run/RunPanel';

/** One run as a page of its own, for a link or a new tab. */
export function RunPage() {
  const { uid, run: id } = useParams({ strict: false }) as { uid: string; run: string };
  const run = useRun(id);
  const monitor = query.useQuery('get', '/monitors/{uid}', { params: { path: { uid } } });
  return (
    <Page
      title={run.data ? exact(new Date(startOf(run.data)).toISOString()) : 'Run'}
      crumbs={[
        { label: 'Monitors', to: '/monitors' },
        {
          label: monitor.data?.monitor.name ?? run.data?.info.name ?? 'Monitor',
          to: '/monitors/$uid',
          params: { uid } as never,
          search: { run: id } as never,
        },
      ]}
      sub={
        run.data && (
          <span className="row wrap">
            <RunWords run={run.data} />
          </span>
        )
      }
    >
      <section className="card" aria-label="Run">
        <Loaded what="this run" of={run} skeleton={<Lines count={6} height={36} />}>
          {(run) => <RunDetail uid={uid} run={run} />}
        </Loaded>
      </section>
    </Page>
  );
}
