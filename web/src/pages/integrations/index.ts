export { AddIntegration } from './AddIntegration';
export { Integration } from './Integration';
export { Integrations } from './Integrations';
export { Webhooks } from './Webhooks';
