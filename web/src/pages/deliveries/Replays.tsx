import { ActionIcon, Button, Progress } from '@mantine/core';
import { X } from 'lucide-react';
import { query } from '../../api/client';
import { useMay } from '../../api/session';
import { failed } from '../../parts/notify';
import { Pill } from '../../parts/Pill';
import { When } from '../../parts/When';
import { many, whole } from '../../words/numbers';
import styles from './day.module.css';
import type { Replay } from './useReplays';

const STATES: Record<string, { state: string; label: string }> = {
  running: { state: 'running', label: 'Redelivering' },
  done: { state: 'succeeded', label: 'Done' },
  cancelled: { state: 'cancelled', label: 'Cancelled' },
};

/** How far each replay has come. */
export const Replays = ({ replays, putAway }: { replays: Replay[]; putAway: (id: string) => void }) =>
  replays.map((replay) => <One key={replay.id} replay={replay} putAway={() => putAway(replay.id!)} />);

function One({ replay, putAway }: { replay: Replay; putAway: () => void }) {
  const { id, state, total, done, skipped, rate, createdAt } = replay;
  const cancel = query.useMutation('post', '/replays/{id}/cancel');
  const may = useMay('editor');
  const { state: pill, label } = STATES[state] ?? { state, label: state };
  const isRunning = state === 'running';
  const left = Math.max(0, total - done - skipped);
  return (
    <section className={`card ${styles.replay}`} aria-label="Redelivery of many">
      <div className="row wrap">
        <Pill state={pill} label={label} />
        <span className="number small">
          {whole(done)} of {many(total, 'delivery', 'deliveries')} queued again
          {skipped > 0 && `, ${whole(skipped)} skipped because their integration is gone`}
          {isRunning && left > rate && `, about ${Math.ceil(left / rate)} s to go`}
        </span>
        <span className="row push">
          <When at={createdAt} />
          {isRunning ? (
            may && (
              <Button
                size="compact-xs"
                variant="default"
                loading={cancel.isPending}
                onClick={() =>
                  cancel.mutate(
                    { params: { path: { id: id! } } },
                    { onError: (error) => failed('Could not cancel it', error) },
                  )
                }
              >
                Cancel
              </Button>
            )
          ) : (
            <ActionIcon size="sm" aria-label="Put away" onClick={putAway}>
              <X size={14} aria-hidden />
            </ActionIcon>
          )}
        </span>
      </div>
      <Progress
        value={total === 0 ? 100 : (100 * (done + skipped)) / total}
        size="sm"
        color={state === 'cancelled' ? 'gray' : 'iris'}
        aria-label="How far it has come"
      />
    </section>
  );
}
