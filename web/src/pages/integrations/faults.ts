/** Outcomes that last until somebody changes the integration's settings: sending once more would not help. */
const OF_SETTINGS = new Set([
  'redirect',
  'gone',
  'rejected',
  'invalid_url',
  'address_refused',
  'dns_failed',
  'connect_refused',
  'tls_failed',
  'transform_failed',
  'auth_failed',
  'protocol_error',
]);

export const isOfSettings = (outcome: string | undefined): boolean =>
  outcome !== undefined && OF_SETTINGS.has(outcome);

interface Ended {
  status?: number | null | undefined;
  steps?: unknown[] | undefined;
}

/** Whether its message says already what the service's answer means and what to do about it, as connectors do. */
export const isExplained = ({ steps, status }: Ended): boolean => (steps?.length ?? 0) > 0 && status != null;
