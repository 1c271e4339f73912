import { queryOptions, useMutation, useQueryClient } from '@tanstack/react-query';
import { api, type Shape } from '../../../api/client';
import { Refused } from '../../../api/errors';
import type { Change } from './change';
import type { Doc } from './model';

/** A document with the version that it is. */
export interface Kept {
  doc: Doc;
  etag: string | undefined;
}

export const keptQuery = (uid: string) =>
  queryOptions({
    queryKey: ['get', '/collections/{uid}', { params: { path: { uid } } }, 'with its version'],
    queryFn: ({ signal }) => read(uid, signal),
  });

async function read(uid: string, signal?: AbortSignal): Promise<Kept> {
  const { data, response } = await api.GET('/collections/{uid}', {
    params: { path: { uid } },
    ...(signal && { signal }),
  });
  return { doc: data!.collection as unknown as Doc, etag: response.headers.get('etag') ?? undefined };
}

export const versionOf = (etag: string | undefined): number => Number(etag?.replace(/\D/g, '') ?? 0);

interface Wish {
  change: Change;
  /** What it was made from. Without it the newest is taken: for what goes with whatever others have done. */
  from?: Kept | undefined;
}

/** The thing that was to be changed is not there any more. */
export class Gone extends Error {}

/** Changes a collection's document. It is refused with 412 when somebody else has changed what the change was made from. */
export function useChange(uid: string) {
  const client = useQueryClient();
  return useMutation<Kept, Error, Wish>({
    mutationFn: async ({ change, from }) => {
      const write = async (base: Kept): Promise<Kept> => {
        const next = change(base.doc);
        if (!next) throw new Gone('it was deleted meanwhile');
        if (next === base.doc) return base;
        const { response } = await api.PUT('/collections/{uid}', {
          params: { path: { uid }, header: base.etag ? { 'If-Match': base.etag } : {} },
          body: { collection: next as never },
        });
        return { doc: next, etag: response.headers.get('etag') ?? undefined };
      };
      if (from) return write(from);
      // Between the reading and the writing somebody may come in between again, but not for ever.
      for (let round = 0; ; round += 1) {
        try {
          return await write(await read(uid));
        } catch (error) {
          if (!isOutdated(error) || round === 3) throw error;
        }
      }
    },
    onSuccess: (kept) => client.setQueryData(keptQuery(uid).queryKey, kept),
  });
}

export const isOutdated = (error: unknown): boolean =>
  error instanceof Refused && (error.status === 412 || error.status === 409);

export type Entry = Shape['Entry'];

/** What others did since a version: at most one page of it. */
export const sinceQuery = (uid: string, version: number) =>
  queryOptions({
    queryKey: ['get', '/collections/{uid}/changelog', { params: { path: { uid } } }, 'since', version],
    queryFn: async () => {
      const { data } = await api.GET('/collections/{uid}/changelog', {
        params: { path: { uid }, query: { limit: 50 } },
      });
      return data!.changelog.filter((entry) => (entry.version ?? 0) > version);
    },
  });
