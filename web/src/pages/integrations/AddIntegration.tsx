export const AddIntegration = () => null;
