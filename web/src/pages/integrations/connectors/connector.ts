import type { Shape } from '../../../api/client';

export type Connector = Shape['ConnectorView'];
export type Field = Connector['fields'][number];

/** Whether it has a form of its own; the others send the signed webhook. */
export const hasForm = (connector: Connector | undefined): connector is Connector =>
  connector !== undefined && connector.sends !== 'webhook';

/** The fields that are asked for when this is told. */
export const fieldsFor = (connector: Connector, kind: string): Field[] =>
  connector.fields.filter(({ events }) => !events?.length || events.includes(kind));
