import { useQuery } from '@tanstack/react-query';
import { api } from '../../../api/client';

/**
 * A monitor's schedule, which lists of monitors don't tell. Its key lies apart from the monitor's: a schedule changes by
 * what people do, so that it need not be read again whenever a run ends.
 */
export const useSchedule = (uid: string, enabled: boolean) =>
  useQuery({
    queryKey: ['get', '/schedules/{uid}', uid],
    enabled,
    queryFn: async ({ signal }) =>
      (await api.GET('/monitors/{uid}', { params: { path: { uid } }, signal })).data!.monitor.schedule,
  });
