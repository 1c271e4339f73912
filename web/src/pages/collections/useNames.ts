import { query } from '../../api/client';

/** Names of the team's people by their ids. */
export function useNames(): { of: (id: string | number) => string } {
  const users = query.useQuery('get', '/users');
  return {
    of: (id) => {
      const user = users.data?.data.find((it) => String(it.id) === String(id));
      return user ? user.name || user.username : users.data ? 'Somebody who left' : '…';
    },
  };
}
