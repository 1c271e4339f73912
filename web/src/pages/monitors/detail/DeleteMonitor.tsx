import { useMutation, useQueryClient } from '@tanstack/react-query';
import { useNavigate } from '@tanstack/react-router';
import { api, type Shape } from '../../../api/client';
import { told } from '../../../parts/notify';
import { Sure } from '../../../parts/Sure';

/** Deletes it with its runs, once its name has been typed, and goes to the others. */
export function DeleteMonitor({ monitor, close }: { monitor: Shape['MonitorView']; close: () => void }) {
  const { uid, name } = monitor;
  const client = useQueryClient();
  const navigate = useNavigate();
  const remove = useMutation({
    mutationFn: async () => {
      await api.DELETE('/monitors/{uid}', { params: { path: { uid } } });
      // Its own page is left, and the list has it no more, before they ask for what is gone.
      client.setQueriesData<Shape['MonitorSummary'][]>({ queryKey: ['get', '/monitors', 'all'] }, (all) =>
        all?.filter((it) => it.uid !== uid),
      );
      await navigate({ to: '/monitors' });
      client.removeQueries({ predicate: ({ queryKey }) => JSON.stringify(queryKey).includes(uid) });
    },
    onSuccess: () => told(`${name} is deleted.`),
  });
  return (
    <Sure
      title={`Delete ${name}?`}
      action="Delete monitor"
      typed={name}
      of={remove}
      confirm={remove.mutate}
      close={close}
    >
      All of its runs are deleted with it, for good. Integrations that name it stay, and tell nothing.
    </Sure>
  );
}
