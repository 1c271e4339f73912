export { CollectionPage } from './CollectionPage';
export { Collections } from './Collections';
export const Changelog = () => null;
