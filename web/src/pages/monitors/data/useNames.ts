import { query } from '../../../api/client';

/** What collections and environments are called. */
export function useNames() {
  const collections = query.useQuery('get', '/collections', {});
  const environments = query.useQuery('get', '/environments', {});
  return {
    collection: (uid: string) => collections.data?.collections.find((it) => it.uid === uid)?.name,
    environment: (uid: string | null | undefined) =>
      uid ? environments.data?.environments.find((it) => it.uid === uid)?.name : undefined,
  };
}
