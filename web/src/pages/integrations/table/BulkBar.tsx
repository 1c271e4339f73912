import { Button, CloseButton } from '@mantine/core';
import { useMutation } from '@tanstack/react-query';
import { Pause, Play, Trash2 } from 'lucide-react';
import { useState } from 'react';
import { api } from '../../../api/client';
import { failed, told } from '../../../parts/notify';
import { many } from '../../../words/numbers';
import { isActive } from '../changes';
import { DeleteDialog } from '../DeleteDialog';
import type { IntegrationView } from '../standing';
import classes from './table.module.css';

/** What can be done to all that are picked. */
export function BulkBar({ of, clear }: { of: IntegrationView[]; clear: () => void }) {
  const [deleting, setDeleting] = useState(false);
  const active = of.filter(isActive);
  const resting = of.filter((it) => !isActive(it));
  const turn = useMutation({
    mutationFn: async (on: boolean) => {
      for (const { id } of on ? resting : active) {
        const params = { path: { id } };
        if (on) await api.POST('/integrations/{id}/resume', { params, body: { since: null } });
        else await api.POST('/integrations/{id}/pause', { params });
      }
      return on ? resting.length : active.length;
    },
    onSuccess: (count, on) => told(`${on ? 'Resumed' : 'Paused'} ${many(count, 'integration')}`),
    onError: (error, on) => failed(`Could not ${on ? 'resume' : 'pause'} all of them`, error),
  });
  const icon = { size: 14, 'aria-hidden': true };
  return (
    <>
      <div className={`card ${classes['bulk']}`} role="toolbar" aria-label="What is selected">
        <strong className="number" aria-live="polite">
          {of.length} selected
        </strong>
        <span className="row wrap push">
          {active.length > 0 && (
            <Button
              size="xs"
              variant="default"
              leftSection={<Pause {...icon} />}
              loading={turn.isPending}
              onClick={() => turn.mutate(false)}
            >
              Pause{active.length < of.length && ` ${active.length}`}
            </Button>
          )}
          {resting.length > 0 && (
            <Button
              size="xs"
              variant="default"
              leftSection={<Play {...icon} />}
              loading={turn.isPending}
              onClick={() => turn.mutate(true)}
            >
              Resume{resting.length < of.length && ` ${resting.length}`}
            </Button>
          )}
          <Button
            size="xs"
            variant="light"
            color="red"
            leftSection={<Trash2 {...icon} />}
            onClick={() => setDeleting(true)}
          >
            Delete…
          </Button>
          <CloseButton aria-label="Select none" onClick={clear} />
        </span>
      </div>
      {deleting && <DeleteDialog of={of} close={() => setDeleting(false)} done={clear} />}
    </>
  );
}
