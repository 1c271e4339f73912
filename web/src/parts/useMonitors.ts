import { useQuery } from '@tanstack/react-query';
import { api, type Shape } from '../api/client';

/** All monitors, of one workspace or of the team, by their names: as many pages as they are. */
export const useMonitors = (workspace?: string) =>
  useQuery({
    queryKey: ['get', '/monitors', 'all', workspace ?? ''],
    queryFn: async ({ signal }) => {
      const monitors: Shape['MonitorSummary'][] = [];
      let cursor: string | undefined;
      do {
        const { data } = await api.GET('/monitors', {
          params: { query: { workspace, limit: 100, cursor } },
          signal,
        });
        monitors.push(...data!.monitors);
        cursor = data!.meta.nextCursor ?? undefined;
      } while (cursor);
      return monitors.sort((a, b) => a.name.localeCompare(b.name));
    },
  });
