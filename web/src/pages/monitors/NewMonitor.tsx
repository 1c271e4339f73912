import { Button } from '@mantine/core';
import { Link, useNavigate } from '@tanstack/react-router';
import { query } from '../../api/client';
import { useMay } from '../../api/session';
import { told } from '../../parts/notify';
import { Page } from '../../parts/Page';
import { useAddress } from '../../parts/search';
import { Lines, Loaded } from '../../parts/States';
import { Forbidden } from './form/Forbidden';
import { MonitorForm } from './form/MonitorForm';
import { bodyOf, fresh } from './form/values';
import { NoCollections } from './NoCollections';

export function NewMonitor() {
  const mayEdit = useMay('editor');
  const collections = query.useQuery('get', '/collections', {});
  return (
    <Page
      title="New monitor"
      crumbs={[{ label: 'Monitors', to: '/monitors' }]}
      sub="Runs a collection with an environment on a schedule, and tells what came of it."
    >
      {!mayEdit ? (
        <Forbidden what="make monitors" />
      ) : (
        <Loaded what="the collections" of={collections} skeleton={<Lines count={6} />}>
          {({ collections }) =>
            collections.length === 0 ? (
              <NoCollections />
            ) : (
              <NewForm only={collections.length === 1 ? collections[0]!.uid : ''} />
            )
          }
        </Loaded>
      )}
    </Page>
  );
}

function NewForm({ only }: { only: string }) {
  const [address] = useAddress();
  const navigate = useNavigate();
  const create = query.useMutation('post', '/monitors');
  return (
    <MonitorForm
      isNew
      verb="Create monitor"
      initial={fresh(address['collection'] ?? only, address['workspace'])}
      mutation={create}
      send={(values, wrong) =>
        create.mutate(
          { params: { query: { workspace: values.workspace || undefined } }, body: bodyOf(values) },
          {
            onSuccess: ({ monitor }) => {
              told(`${monitor.name} is there.`);
              void navigate({ to: '/monitors/$uid', params: { uid: monitor.uid } as never });
            },
            onError: wrong,
          },
        )
      }
      cancel={
        <Button variant="default" renderRoot={(props) => <Link {...props} to="/monitors" />}>
          Cancel
        </Button>
      }
    />
  );
}
