import { useQuery } from '@tanstack/react-query';
import { api, base, query, type Shape } from '../../api/client';

export type Inbox = Shape['InboxView'];
export type Arrived = Shape['InboxRequestView'];
export type ArrivedWhole = Shape['InboxRequestDetail'];

export const useInboxes = () => query.useQuery('get', '/inboxes');

export const useInbox = (id: string) => query.useQuery('get', '/inboxes/{id}', { params: { path: { id } } });

/** All that is in an inbox, the newest first: it keeps 200, the API answers 100 at once. */
export const useArrived = (id: string) =>
  useQuery({
    queryKey: ['get', '/inboxes/{id}/requests', id],
    queryFn: async ({ signal }) => {
      const all: Arrived[] = [];
      let cursor: string | undefined;
      do {
        const asked = { limit: 100, ...(cursor && { cursor }) };
        const { data } = await api.GET('/inboxes/{id}/requests', {
          params: { path: { id }, query: asked },
          signal,
        });
        all.push(...data!.requests);
        cursor = data!.meta.nextCursor ?? undefined;
      } while (cursor);
      return all;
    },
  });

/** A request never changes, but it may go: it is asked for once. */
export const useRequest = (id: string, request: string) =>
  query.useQuery(
    'get',
    '/inboxes/{id}/requests/{request}',
    { params: { path: { id, request } } },
    { enabled: ({ state }) => state.data === undefined },
  );

/** Where the bytes of a body are, to be kept as a file. */
export const bodyAddress = (id: string, request: string) =>
  `${base}api/inboxes/${encodeURIComponent(id)}/requests/${encodeURIComponent(request)}/body`;
