export const Environments = () => null;
export const EnvironmentPage = () => null;
