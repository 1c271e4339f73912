import { Button } from '@mantine/core';
import { RotateCw } from 'lucide-react';
import { lazy, Suspense, useState } from 'react';
import { useMay } from '../../api/session';
import { Page } from '../../parts/Page';
import { useAddress } from '../../parts/search';
import { Day } from './Day';
import { DeliveryList } from './DeliveryList';
import { filterOf } from './filter';
import { Replays } from './Replays';
import { useReplays } from './useReplays';

const ReplayDialog = lazy(() => import('./ReplayDialog').then((it) => ({ default: it.ReplayDialog })));

/** Every request that was sent or is to be, and what came back. */
export function Deliveries() {
  const [address] = useAddress();
  const [asks, ask] = useState(false);
  const { replays, putAway, watch } = useReplays();
  const may = useMay('editor');
  return (
    <Page
      title="Deliveries"
      sub="Every request to your receivers, with what they answered."
      actions={
        may && (
          <Button
            variant="default"
            leftSection={<RotateCw size={16} aria-hidden />}
            onClick={() => ask(true)}
          >
            Redeliver all failed
          </Button>
        )
      }
    >
      <Replays replays={replays} putAway={putAway} />
      <Day />
      <DeliveryList />
      {asks && (
        <Suspense fallback={null}>
          <ReplayDialog filter={filterOf(address)} close={() => ask(false)} watch={watch} />
        </Suspense>
      )}
    </Page>
  );
}
