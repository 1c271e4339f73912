import { later } from './later';

export { Integrations } from './Integrations';

export const Webhooks = later(() => import('./Webhooks').then((it) => it.Webhooks));
export const AddIntegration = later(() => import('./AddIntegration').then((it) => it.AddIntegration));
export const Integration = later(() => import('./Integration').then((it) => it.Integration));
