export const Webhooks = () => null;
