import { useNavigate } from '@tanstack/react-router';
import { query } from '../../api/client';
import { failed } from '../../parts/notify';

/** Makes an inbox, and goes there. */
export function useMake(known: string[]) {
  const navigate = useNavigate();
  const make = query.useMutation('post', '/inboxes', {
    onError: (error) => failed('Could not make an inbox', error),
  });
  const start = () =>
    make.mutate(
      { body: { inbox: { name: nextName(known) } } },
      { onSuccess: ({ inbox }) => void navigate({ to: '/inbox/$id', params: { id: inbox.id } as never }) },
    );
  return { start, isPending: make.isPending };
}

/** "Inbox", "Inbox 2", …: the first that there isn't. */
function nextName(known: string[]): string {
  if (!known.includes('Inbox')) return 'Inbox';
  let count = 2;
  while (known.includes(`Inbox ${count}`)) count += 1;
  return `Inbox ${count}`;
}
