import { Modal } from '@mantine/core';
import type { ReactNode } from 'react';
import type { Shape } from '../../../api/client';
import { Copy } from '../../../parts/Copy';
import { usePeople } from '../../../parts/useTeam';
import { duration } from '../../../words/numbers';
import { exact } from '../../../words/time';
import { useNames } from '../data/useNames';
import { scheduleWords } from '../schedule/words';

interface DetailsProps {
  monitor: Shape['MonitorView'];
  close: () => void;
}

/** Everything that is set for a monitor. */
export function Details({ monitor, close }: DetailsProps) {
  const names = useNames();
  const { nameOf } = usePeople();
  const { schedule, options, retry, uid, owner } = monitor;
  const rows: [string, ReactNode][] = [
    ['Collection', names.collection(monitor.collectionUid) ?? monitor.collectionUid],
    [
      'Environment',
      monitor.environmentUid ? (names.environment(monitor.environmentUid) ?? monitor.environmentUid) : 'None',
    ],
    ['Schedule', scheduleWords(schedule.cron)],
    ['Cron', <span className="mono">{schedule.cron}</span>],
    ['Time zone', schedule.timezone],
    ['Next run', schedule.nextRun ? exact(schedule.nextRun) : monitor.active ? 'None' : 'None, it is paused'],
    ['Failed runs in a row', monitor.failureStreak],
    ['Retry on failure', { 1: 'Once', 2: 'Twice' }[retry.attempts ?? 0] ?? 'Never'],
    ['Request timeout', options.requestTimeout ? duration(options.requestTimeout) : 'None of its own'],
    ['Delay between requests', options.requestDelay ? duration(options.requestDelay) : 'None'],
    ['Redirects', options.followRedirects ? 'Followed' : 'Not followed'],
    ['TLS certificates', options.strictSsl ? 'Checked' : 'Not checked'],
    ['Headers and bodies', options.keepBodies ? 'Kept' : 'Not kept'],
    [
      'Uid',
      <span className="row">
        <span className="mono clip" title={uid}>
          {uid}
        </span>
        <Copy value={uid} label="Copy uid" />
      </span>,
    ],
    ['Owner', nameOf(owner) ?? `User ${owner}`],
    ['Made', exact(monitor.createdAt)],
    ['Last changed', exact(monitor.updatedAt)],
  ];
  return (
    <Modal
      opened
      onClose={close}
      title="Details"
      size="lg"
      padding={0}
      styles={{ header: { padding: '14px 16px' } }}
    >
      <dl className="pairs" style={{ borderTop: '1px solid var(--app-border)' }}>
        {rows.map(([name, value]) => [<dt key={name}>{name}</dt>, <dd key={`${name}-value`}>{value}</dd>])}
      </dl>
    </Modal>
  );
}
