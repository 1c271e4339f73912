import { useQuery } from '@tanstack/react-query';
import { api, type Shape } from '../../../api/client';

/** So far back is the feed looked through: it can't be asked for one monitor. */
const MOST_PAGES = 3;

/** What was done to one monitor, the newest first. */
export const useActivity = (uid: string) =>
  useQuery({
    queryKey: ['get', '/activities', 'of-monitor', uid],
    queryFn: async ({ signal }) => {
      const activities: Shape['ActivityView'][] = [];
      let cursor: string | undefined;
      for (let page = 0; page < MOST_PAGES; page += 1) {
        const { data } = await api.GET('/activities', {
          params: { query: { model: 'monitor', limit: 100, cursor } },
          signal,
        });
        activities.push(...data!.activities.filter((it) => it.modelUid === uid));
        cursor = data!.meta.nextCursor ?? undefined;
        if (!cursor || activities.some((it) => it.action === 'create')) return { activities, isWhole: true };
      }
      return { activities, isWhole: false };
    },
  });
