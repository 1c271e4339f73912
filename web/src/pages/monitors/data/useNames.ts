import { query } from '../../../api/client';

/** What uids are called: collections, environments and people. */
export function useNames() {
  const collections = query.useQuery('get', '/collections');
  const environments = query.useQuery('get', '/environments');
  const users = query.useQuery('get', '/users');
  return {
    collections,
    environments,
    collection: (uid: string) => collections.data?.collections.find((it) => it.uid === uid)?.name,
    environment: (uid: string | null | undefined) =>
      uid ? environments.data?.environments.find((it) => it.uid === uid)?.name : undefined,
    user: (id: number) => users.data?.data.find((it) => it.id === id)?.name,
  };
}
