import { Button } from '@mantine/core';
import { Link } from '@tanstack/react-router';
import { Info, Play, RotateCw, Send, Settings2, TriangleAlert } from 'lucide-react';
import { useMay } from '../../api/session';
import { Said } from '../../parts/Said';
import { useSwitch } from '../integrations/changes';
import styles from './detail.module.css';
import type { Row } from './rows';
import { useAct } from './useAct';
import type { Help, Why } from './why';
import { isOver } from './words';

/** Why it isn't delivered, and the button that helps. */
export function WhyNot({ why, delivery, isBad }: { why: Why; delivery: Row; isBad: boolean }) {
  const Icon = isBad ? TriangleAlert : Info;
  return (
    <div
      className={`${styles.why} ${isBad ? 'tone-bad' : delivery.status === 'cancelled' ? 'tone-mute' : 'tone-warn'}`}
      role="note"
      aria-label="Why it is not delivered"
    >
      <Icon size={16} aria-hidden style={{ flex: 'none' }} />
      <span>
        <Said text={why.sentence} />
      </span>
      {why.help && delivery.integrationName && <Helping help={why.help} delivery={delivery} />}
    </div>
  );
}

function Helping({ help, delivery }: { help: Help; delivery: Row }) {
  const { act } = useAct();
  const may = useMay('editor');
  const turn = useSwitch();
  if (help === 'integration')
    return (
      <Button
        size="compact-xs"
        variant="default"
        leftSection={<Settings2 size={13} aria-hidden />}
        renderRoot={(props) => (
          <Link
            {...props}
            to={'/integrations/$id' as never}
            params={{ id: delivery.integrationId } as never}
          />
        )}
      >
        Open the integration
      </Button>
    );
  if (!may) return null;
  if (help === 'resume')
    return (
      <Button
        size="compact-xs"
        variant="default"
        leftSection={<Play size={13} aria-hidden />}
        loading={turn.isPending}
        onClick={() => turn.resume({ id: delivery.integrationId, name: delivery.integrationName })}
      >
        Resume the integration
      </Button>
    );
  return (
    <Button
      size="compact-xs"
      variant="default"
      leftSection={help === 'release' ? <Send size={13} aria-hidden /> : <RotateCw size={13} aria-hidden />}
      loading={act.isPending}
      onClick={() => act.mutate({ verb: help, ids: [delivery.id] })}
    >
      {help === 'release' ? 'Release it' : isOver(delivery) ? 'Send it again' : 'Send it now'}
    </Button>
  );
}
