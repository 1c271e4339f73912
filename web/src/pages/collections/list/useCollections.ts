import { useQueries } from '@tanstack/react-query';
import { query, type Shape } from '../../../api/client';
import type { Search } from '../../../parts/search';

export type Summary = Shape['CollectionSummary'];

export interface Listed extends Summary {
  workspace: string | undefined;
  monitors: number | undefined;
  integrations: number | undefined;
}

/** With more workspaces than this, which one a collection lies in is not asked for. */
const MOST_WORKSPACES = 20;

/** The collections, with the workspace that they lie in and how many monitors and integrations they have. */
export function useCollections(tag: string | undefined, room: string | undefined) {
  const all = query.useQuery('get', '/collections');
  const workspaces = query.useQuery('get', '/workspaces');
  const monitors = query.useQuery('get', '/monitors', { params: { query: { limit: 100 } } });
  const integrations = query.useQuery('get', '/integrations');
  const tagged = query.useQuery(
    'get',
    '/tags/{slug}/entities',
    { params: { path: { slug: tag ?? '' }, query: { entityType: 'collection', limit: 100 } } },
    { enabled: tag !== undefined },
  );
  const rooms = workspaces.data?.workspaces ?? [];
  const few = rooms.length > 1 && rooms.length <= MOST_WORKSPACES;
  const asked = few ? rooms : rooms.length > 1 ? rooms.filter((it) => it.id === room) : [];
  const where = useQueries({
    queries: asked.map(({ id }) =>
      query.queryOptions('get', '/collections', { params: { query: { workspace: id } } }),
    ),
    combine: (answers) => {
      const places = new Map<string, string>();
      for (const [at, answer] of answers.entries())
        for (const { uid } of answer.data?.collections ?? []) places.set(uid, asked[at]!.id);
      return places;
    },
  });
  const only = rooms.length === 1 ? rooms[0]!.id : undefined;
  // A second page of monitors would make every number wrong.
  const areAll = monitors.data && !monitors.data.meta.nextCursor;
  const runs = areAll ? countBy(monitors.data!.monitors.map((it) => it.collectionUid)) : undefined;
  const told = integrations.data
    ? countBy(integrations.data.integrations.map((it) => it.collection))
    : undefined;
  const withTag =
    tag && tagged.data ? new Set(tagged.data.data.entities.map((it) => it.entityId)) : undefined;
  const listed = all.data?.collections.map((it): Listed => ({
    ...it,
    workspace: only ?? where.get(it.uid),
    monitors: runs && (runs.get(it.uid) ?? 0),
    integrations: told && (told.get(it.uid) ?? 0),
  }));
  const error = all.error ?? (tag ? tagged.error : null);
  const isWaiting = tag !== undefined && !tagged.data;
  return {
    rooms,
    of: {
      data: isWaiting
        ? undefined
        : listed?.filter((it) => !withTag || withTag.has(it.uid) || withTag.has(it.id)),
      error,
      isPending: all.isPending || isWaiting,
      refetch: () => {
        void all.refetch();
        if (tag) void tagged.refetch();
      },
    },
  };
}

function countBy(uids: (string | null | undefined)[]): Map<string, number> {
  const counts = new Map<string, number>();
  for (const uid of uids) if (uid) counts.set(uid, (counts.get(uid) ?? 0) + 1);
  return counts;
}

/** What of the list the address asks for, in the order that it asks for. */
export function chosen(all: Listed[], address: Search): Listed[] {
  const words = (address['q'] ?? '').toLowerCase().split(/\s+/).filter(Boolean);
  const room = address['workspace'];
  const kept = all.filter(
    (it) =>
      (!room || it.workspace === room) &&
      words.every((word) => it.name.toLowerCase().includes(word) || it.uid.includes(word)),
  );
  return address['sort'] === 'name'
    ? kept.toSorted((a, b) => a.name.localeCompare(b.name))
    : kept.toSorted((a, b) => b.updatedAt.localeCompare(a.updatedAt));
}
