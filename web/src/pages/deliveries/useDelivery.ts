import { useQuery } from '@tanstack/react-query';
import { useEffect, useMemo } from 'react';
import { api, query, type Shape } from '../../api/client';
import type { Row } from './rows';
import { isOver } from './words';

type Whole = Shape['DeliveryWhole'];
interface Read {
  whole: Whole;
  /** How much was read, in characters. */
  size: number;
}

/** Above this a delivery isn't read again at each change of any of them. */
const LARGE = 200_000;
const POLL_MS = 5000;
const isLarge = (read: Read | undefined) => read !== undefined && read.size > LARGE;

/** A delivery with everything about it, the integration that it is for, and the body as its receiver gets it. */
export function useDelivery(id: string, row?: Row) {
  const read = useQuery({
    queryKey: ['get', '/deliveries/{id}', id],
    queryFn: async ({ signal }): Promise<Read> => {
      const { data } = await api.GET('/deliveries/{id}', {
        params: { path: { id } },
        parseAs: 'text',
        signal,
      });
      const text = data as unknown as string;
      return { whole: JSON.parse(text) as Whole, size: text.length };
    },
    structuralSharing: false,
    // A large body is not fetched again because some other delivery has changed: when its own row has, or else now and
    // then, until it has ended.
    staleTime: ({ state: { data } }) => (isLarge(data) ? 'static' : 0),
    refetchInterval: ({ state: { data } }) =>
      !row && isLarge(data) && !isOver(data!.whole.delivery) ? POLL_MS : false,
  });
  const whole = read.data?.whole;
  const { refetch } = read;
  const isBehind = isLarge(read.data) && row !== undefined && row.updatedAt > whole!.delivery.updatedAt;
  useEffect(() => {
    if (isBehind) void refetch();
  }, [isBehind, row?.updatedAt, refetch]);
  const owner = whole?.delivery.integrationId;
  const { data } = query.useQuery(
    'get',
    '/integrations/{id}',
    { params: { path: { id: owner ?? '' } } },
    { enabled: Boolean(whole?.delivery.integrationName) },
  );
  const payload = whole?.event?.payload;
  const body = useMemo(() => (payload == null ? undefined : JSON.stringify(payload)), [payload]);
  return { asked: { ...read, data: whole }, integration: data?.integration, body };
}
