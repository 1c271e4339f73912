import { Button } from '@mantine/core';
import { Ban, RotateCw, Send } from 'lucide-react';
import { useMay } from '../../api/session';
import type { Row } from './rows';
import { useAct, type Verb } from './useAct';
import { isOver } from './words';

/** What can be done to the selected rows. */
export function Bulk({ rows, clear }: { rows: Row[]; clear: () => void }) {
  const { act, done } = useAct();
  const may = useMay('editor');
  const run = (verb: Verb, some: Row[]) =>
    act.mutate({ verb, ids: some.map((row) => row.id) }, { onSuccess: clear });
  const open = rows.filter((row) => !isOver(row));
  const held = rows.filter((row) => row.status === 'held');
  const doing = act.isPending ? act.variables : undefined;
  return (
    <span className="row push" style={{ gap: 6 }}>
      {doing ? (
        <span className="number dimmed">
          {done} of {doing.ids.length}
        </span>
      ) : (
        may && (
          <>
            {held.length > 0 && (
              <Button
                size="compact-xs"
                variant="default"
                leftSection={<Send size={13} aria-hidden />}
                onClick={() => run('release', held)}
              >
                Release {held.length}
              </Button>
            )}
            {open.length > 0 && (
              <Button
                size="compact-xs"
                variant="default"
                leftSection={<Ban size={13} aria-hidden />}
                onClick={() => run('cancel', open)}
              >
                Cancel {open.length}
              </Button>
            )}
            <Button
              size="compact-xs"
              variant="default"
              leftSection={<RotateCw size={13} aria-hidden />}
              onClick={() => run('redeliver', rows)}
            >
              Redeliver {rows.length}
            </Button>
          </>
        )
      )}
      <Button size="compact-xs" variant="subtle" color="gray" onClick={clear}>
        Clear
      </Button>
    </span>
  );
}
