/** Webhooks have a page of their own, with samples and how to verify. */
export const WEBHOOKS = 'webhooks';

/** Where a connector is explained. */
export const pageOf = (id: string): string =>
  id === WEBHOOKS ? '/integrations/webhooks' : `/integrations/connectors/${encodeURIComponent(id)}`;

/** Where an integration is added that tells it of a kind of event. */
export const formOf = (id: string, kind: string): string => `${pageOf(id)}/add/${encodeURIComponent(kind)}`;
