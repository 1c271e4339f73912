import { useMutation } from '@tanstack/react-query';
import { useNavigate } from '@tanstack/react-router';
import { api, query } from '../../api/client';
import { told } from '../../parts/notify';
import { Sure } from '../../parts/Sure';
import { many } from '../../words/numbers';
import type { Inbox } from './data';

interface EndProps {
  inbox: Inbox;
  close: () => void;
}

export function EmptyInbox({ inbox, close }: EndProps) {
  const empty = query.useMutation('delete', '/inboxes/{id}/requests', {
    onSuccess: () => {
      told(`${inbox.name} is empty`);
      close();
    },
  });
  return (
    <Sure
      title="Empty this inbox?"
      action="Empty"
      of={empty}
      confirm={() => empty.mutate({ params: { path: { id: inbox.id } } })}
      close={close}
    >
      {many(inbox.requestCount, 'request')} in {inbox.name} will be deleted. Its URL stays.
    </Sure>
  );
}

export function DeleteInbox({ inbox, close }: EndProps) {
  const navigate = useNavigate();
  const remove = useMutation({
    mutationFn: async () => {
      await api.DELETE('/inboxes/{id}', { params: { path: { id: inbox.id } } });
      // Its own page is left before it asks for what is gone.
      await navigate({ to: '/inbox' });
    },
    onSuccess: () => told(`${inbox.name} is deleted`),
  });
  return (
    <Sure title="Delete this inbox?" action="Delete" of={remove} confirm={remove.mutate} close={close}>
      {inbox.name} will be deleted with all that has come to it. Its URL answers 404 from then on, and
      deliveries to it fail.
    </Sure>
  );
}
