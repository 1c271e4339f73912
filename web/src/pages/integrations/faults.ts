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
