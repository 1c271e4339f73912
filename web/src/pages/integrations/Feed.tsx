import { useInfiniteQuery } from '@tanstack/react-query';
import { History } from 'lucide-react';
import { api } from '../../api/client';
import { More } from '../../parts/More';
import { Empty, Lines, Loaded } from '../../parts/States';
import { When } from '../../parts/When';
import { day } from '../../words/time';

/** So many of the team's lines are looked through for those of this integration before more are asked for. */
const PAGES_AT_ONCE = 5;

/** What people did to the integration. */
export function Feed({ id }: { id: string }) {
  const lines = useInfiniteQuery({
    queryKey: ['get', '/activities', 'integration', id],
    initialPageParam: undefined as string | undefined,
    queryFn: ({ pageParam }) => ofIntegration(id, pageParam),
    getNextPageParam: (last) => last.cursor,
  });
  return (
    <Loaded what="what was done to it" of={lines} skeleton={<Lines count={4} height={32} />}>
      {({ pages }) => {
        const all = pages.flatMap((page) => page.activities);
        if (all.length === 0 && !lines.hasNextPage)
          return (
            <div className="card">
              <Empty icon={History} title="Nothing is known">
                What people do to this integration stands here.
              </Empty>
            </div>
          );
        return (
          <>
            <div className="card" style={{ overflow: 'hidden' }}>
              {all.map((line, at) => (
                <div key={line.id}>
                  {day(line.createdAt) !== (all[at - 1] && day(all[at - 1]!.createdAt)) && (
                    <h2 className="section-title" style={{ minHeight: 32 }}>
                      {day(line.createdAt)}
                    </h2>
                  )}
                  <div className="row" style={{ padding: '10px 14px', fontSize: 13, gap: 14 }}>
                    <span style={{ minWidth: 0, overflowWrap: 'anywhere' }}>{line.message}</span>
                    <span className="push">
                      <When at={line.createdAt} />
                    </span>
                  </div>
                </div>
              ))}
            </div>
            <More of={lines} />
          </>
        );
      }}
    </Loaded>
  );
}

/** The API tells what was done to all integrations; those of one are picked out of some pages of that. */
async function ofIntegration(id: string, start: string | undefined) {
  let cursor = start;
  const activities = [];
  for (let page = 0; page < PAGES_AT_ONCE; page += 1) {
    const { data } = await api.GET('/activities', {
      params: { query: { model: 'integration', limit: 100, ...(cursor && { cursor }) } },
    });
    activities.push(...data!.activities.filter(({ modelUid }) => modelUid === id));
    cursor = data!.meta.nextCursor ?? undefined;
    if (!cursor || activities.length >= 25) break;
  }
  return { activities, cursor };
}
