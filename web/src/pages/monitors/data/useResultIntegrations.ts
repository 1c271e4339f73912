import { query } from '../../../api/client';

/** The integrations that are told of a monitor's results: those that name it, and those that name no monitor. */
export function useResultIntegrations(uid: string) {
  const asked = query.useQuery('get', '/integrations', { params: { query: { event: 'monitor_results' } } });
  const integrations = asked.data?.integrations.filter((it) => it.monitor == null || it.monitor === uid);
  return { asked, integrations };
}
