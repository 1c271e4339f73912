export const Integrations = () => null;
export const Webhooks = () => null;
export const AddIntegration = () => null;
export const Integration = () => null;
