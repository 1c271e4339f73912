import { ActionIcon, Tabs, Tooltip, VisuallyHidden } from '@mantine/core';
import { Link } from '@tanstack/react-router';
import { ChevronLeft, ChevronRight, SquareArrowOutUpRight } from 'lucide-react';
import { useEffect, useRef, useState } from 'react';
import { useAddress } from '../../../parts/search';
import { Pill, stateOf } from '../../../parts/Pill';
import { Lines, Loaded } from '../../../parts/States';
import { duration } from '../../../words/numbers';
import { exact } from '../../../words/time';
import { nth } from '../data/nth';
import { idOf, isOver, startOf, testWords, tookOf, triggerWord, type Run } from '../data/run';
import { useRun } from '../data/useRun';
import { ConsoleLog } from './ConsoleLog';
import { RawRun } from './RawRun';
import css from './run.module.css';
import { TestResults } from './TestResults';
import { WebhooksSent } from './WebhooksSent';

const TABS = { tests: 'Test results', log: 'Console log', raw: 'Raw', webhooks: 'Webhooks sent' };

interface RunPanelProps {
  uid: string;
  id: string;
  /** What the list knows of it, until all is read. */
  known?: Run | undefined;
  previous?: (() => void) | undefined;
  next?: (() => void) | undefined;
}

/** The selected run: how it ended, and what there is to see of it. */
export function RunPanel({ uid, id, known, previous, next }: RunPanelProps) {
  const run = useRun(id);
  const told = run.data ?? known;
  return (
    <section className="card" aria-label="Selected run">
      <div className={css['head']}>
        <h2 className="number">{told ? exact(new Date(startOf(told)).toISOString()) : 'Run'}</h2>
        {told && <RunWords run={told} />}
        <span className="row push">
          <Tooltip label="Open as a page">
            <ActionIcon
              variant="default"
              size="md"
              aria-label="Open this run as a page"
              renderRoot={(props) => (
                <Link {...props} to="/monitors/$uid/runs/$run" params={{ uid, run: id } as never} />
              )}
            >
              <SquareArrowOutUpRight size={14} aria-hidden />
            </ActionIcon>
          </Tooltip>
          <Step label="Previous run" hint="[" go={previous} icon={<ChevronLeft size={15} aria-hidden />} />
          <Step label="Next run" hint="]" go={next} icon={<ChevronRight size={15} aria-hidden />} />
        </span>
      </div>
      <Ended run={told} />
      <Loaded what="this run" of={run} skeleton={<Lines count={5} height={28} />}>
        {(run) => <RunDetail uid={uid} run={run} />}
      </Loaded>
    </section>
  );
}

/** Says how a run ended that was under way when it was first looked at. */
function Ended({ run }: { run: Run | undefined }) {
  const live = useRef<string>(undefined);
  if (run && !isOver(run)) live.current = idOf(run);
  const hasEnded = run && isOver(run) && live.current === idOf(run);
  return (
    <VisuallyHidden role="status">
      {hasEnded ? `The run has ended: ${stateOf(run.info.status).label}, ${testWords(run)}` : ''}
    </VisuallyHidden>
  );
}

function Step({
  label,
  hint,
  go,
  icon,
}: {
  label: string;
  hint: string;
  go: (() => void) | undefined;
  icon: React.ReactNode;
}) {
  return (
    <Tooltip label={`${label} (${hint})`}>
      <ActionIcon
        variant="default"
        size="md"
        aria-label={label}
        aria-disabled={!go}
        data-disabled={!go || undefined}
        onClick={go}
      >
        {icon}
      </ActionIcon>
    </Tooltip>
  );
}

/** How a run stands, in a line. */
export function RunWords({ run }: { run: Run }) {
  const now = useSeconds(!isOver(run));
  const took = duration(tookOf(run, now));
  const goes = run.stats && run.stats.runCount > 1 ? ` · at the ${nth(run.stats.runCount)} go` : '';
  return (
    <>
      <Pill state={run.info.status} />
      <span className="dimmed number" style={{ fontSize: 13 }}>
        {isOver(run)
          ? `${testWords(run)} · ${took}${goes} · ${triggerWord(run)}`
          : `for ${took} · ${triggerWord(run)}`}
      </span>
    </>
  );
}

/** The time, each half second while something goes on. */
function useSeconds(on: boolean): number {
  const [now, setNow] = useState(() => Date.now());
  useEffect(() => {
    if (!on) return undefined;
    const timer = setInterval(() => setNow(Date.now()), 500);
    return () => clearInterval(timer);
  }, [on]);
  return now;
}

/** What there is to see of a run that has been read. */
export function RunDetail({ uid, run }: { uid: string; run: Run }) {
  const [address, change] = useAddress();
  const tab = address['tab'] && address['tab'] in TABS ? address['tab'] : 'tests';
  if (!isOver(run))
    return (
      <div className="state" role="status">
        <strong>
          {run.info.status === 'queued' ? 'This run waits for its turn' : 'This run is under way'}
        </strong>
        <p>Its tests, log and requests stand here as soon as it has ended. Nothing needs to be reloaded.</p>
      </div>
    );
  return (
    <Tabs
      value={tab}
      onChange={(value) => change({ tab: value === 'tests' ? undefined : (value ?? undefined) })}
      keepMounted={false}
    >
      <Tabs.List px={8} className={css['tabs'] ?? ''}>
        {Object.entries(TABS).map(([value, label]) => (
          <Tabs.Tab key={value} value={value}>
            {label}
          </Tabs.Tab>
        ))}
      </Tabs.List>
      <Tabs.Panel value="tests">
        <TestResults run={run} />
      </Tabs.Panel>
      <Tabs.Panel value="log">
        <ConsoleLog run={run} />
      </Tabs.Panel>
      <Tabs.Panel value="raw">
        <RawRun uid={uid} run={run} />
      </Tabs.Panel>
      <Tabs.Panel value="webhooks">
        <WebhooksSent uid={uid} run={run} />
      </Tabs.Panel>
    </Tabs>
  );
}
