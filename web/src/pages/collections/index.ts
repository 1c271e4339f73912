export const Collections = () => null;
export const CollectionPage = () => null;
export const Changelog = () => null;
