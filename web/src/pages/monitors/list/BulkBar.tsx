import { Button } from '@mantine/core';
import { useMutation } from '@tanstack/react-query';
import { Pause, Play } from 'lucide-react';
import { api } from '../../../api/client';
import { failed, told } from '../../../parts/notify';
import { many } from '../../../words/numbers';
import css from './list.module.css';

/** What can be done with all that are selected. */
export function BulkBar({ uids, clear }: { uids: string[]; clear: () => void }) {
  const turn = useMutation({
    mutationFn: (active: boolean) =>
      Promise.allSettled(
        uids.map((uid) =>
          api.PUT('/monitors/{uid}', { params: { path: { uid } }, body: { monitor: { active } } }),
        ),
      ),
    onSuccess: (ends, active) => {
      const lost = ends.filter((end) => end.status === 'rejected');
      const done = ends.length - lost.length;
      if (done > 0) told(`${many(done, 'monitor')} ${active ? 'resumed' : 'paused'}.`);
      if (lost[0]) failed(`Could not change ${many(lost.length, 'monitor')}`, lost[0].reason);
      else clear();
    },
  });
  return (
    <div className={css['bulk']} role="group" aria-label="Selected monitors">
      <span className="number">{uids.length} selected</span>
      <Button
        size="xs"
        variant="default"
        leftSection={<Pause size={13} aria-hidden />}
        disabled={turn.isPending}
        onClick={() => turn.mutate(false)}
      >
        Pause
      </Button>
      <Button
        size="xs"
        variant="default"
        leftSection={<Play size={13} aria-hidden />}
        disabled={turn.isPending}
        onClick={() => turn.mutate(true)}
      >
        Resume
      </Button>
      <Button size="xs" variant="subtle" color="gray" onClick={clear}>
        Clear
      </Button>
    </div>
  );
}
