import { infiniteQueryOptions } from '@tanstack/react-query';
import { api } from '../../../api/client';

/** The changelog page by page. (The hook that is made from the API would ask for a cursor "0" first.) */
export const logQuery = (uid: string) =>
  infiniteQueryOptions({
    queryKey: ['get', '/collections/{uid}/changelog', { params: { path: { uid } } }, 'pages'],
    initialPageParam: undefined as string | undefined,
    queryFn: async ({ pageParam: cursor, signal }) => {
      const { data } = await api.GET('/collections/{uid}/changelog', {
        params: { path: { uid }, query: { limit: 50, ...(cursor && { cursor }) } },
        signal,
      });
      return data!;
    },
    getNextPageParam: (last) => last.meta.nextCursor ?? undefined,
  });
