export { Changelog } from './Changelog';
export { CollectionPage } from './CollectionPage';
export { Collections } from './Collections';
