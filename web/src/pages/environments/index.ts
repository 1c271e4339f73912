export { EnvironmentPage } from './EnvironmentPage';
export { Environments } from './Environments';
