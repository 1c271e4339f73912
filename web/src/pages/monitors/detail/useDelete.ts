import { useQueryClient } from '@tanstack/react-query';
import { useNavigate } from '@tanstack/react-router';
import { useState } from 'react';
import { api, type Shape } from '../../../api/client';
import { told } from '../../../parts/notify';

/**
 * Deletes a monitor and goes to the others. Not a mutation: after one of these all that is shown is read again, and what
 * is shown here is gone.
 */
export function useDelete({ uid, name }: { uid: string; name: string }) {
  const client = useQueryClient();
  const navigate = useNavigate();
  const [isPending, setPending] = useState(false);
  const [error, setError] = useState<unknown>();
  const remove = async () => {
    setPending(true);
    setError(undefined);
    try {
      await api.DELETE('/monitors/{uid}', { params: { path: { uid } } });
    } catch (error) {
      setError(error);
      setPending(false);
      return;
    }
    client.setQueriesData<Shape['MonitorSummary'][]>({ queryKey: ['get', '/monitors', 'all'] }, (all) =>
      all?.filter((it) => it.uid !== uid),
    );
    await navigate({ to: '/monitors' });
    client.removeQueries({ predicate: ({ queryKey }) => JSON.stringify(queryKey).includes(uid) });
    void client.invalidateQueries();
    told(`${name} is deleted.`);
  };
  return { remove, isPending, error };
}
