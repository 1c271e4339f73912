import { Button } from '@mantine/core';
import { Link, useNavigate, useParams } from '@tanstack/react-router';
import { query, type Shape } from '../../api/client';
import { useMay } from '../../api/session';
import { told } from '../../parts/notify';
import { Page } from '../../parts/Page';
import { Lines, Loaded } from '../../parts/States';
import { Forbidden } from './form/Forbidden';
import { MonitorForm } from './form/MonitorForm';
import { bodyOf, valuesOf } from './form/values';

export function EditMonitor() {
  const { uid } = useParams({ strict: false }) as { uid: string };
  const mayEdit = useMay('editor');
  const asked = query.useQuery('get', '/monitors/{uid}', { params: { path: { uid } } });
  const name = asked.data?.monitor.name ?? 'Monitor';
  return (
    <Page
      title="Edit monitor"
      crumbs={[
        { label: 'Monitors', to: '/monitors' },
        { label: name, to: '/monitors/$uid', params: { uid } as never },
      ]}
    >
      {!mayEdit ? (
        <Forbidden what="change monitors" />
      ) : (
        <Loaded what="this monitor" of={asked} skeleton={<Lines count={6} />}>
          {({ monitor }) => <EditForm monitor={monitor} />}
        </Loaded>
      )}
    </Page>
  );
}

function EditForm({ monitor }: { monitor: Shape['MonitorView'] }) {
  const navigate = useNavigate();
  const save = query.useMutation('put', '/monitors/{uid}');
  const { uid } = monitor;
  return (
    <MonitorForm
      verb="Save"
      initial={valuesOf(monitor)}
      mutation={save}
      send={(values, wrong) =>
        save.mutate(
          { params: { path: { uid } }, body: bodyOf(values) },
          {
            onSuccess: ({ monitor }) => {
              told(`${monitor.name} is saved.`);
              void navigate({ to: '/monitors/$uid', params: { uid } as never });
            },
            onError: wrong,
          },
        )
      }
      cancel={
        <Button
          variant="default"
          renderRoot={(props) => <Link {...props} to="/monitors/$uid" params={{ uid } as never} />}
        >
          Cancel
        </Button>
      }
    />
  );
}
