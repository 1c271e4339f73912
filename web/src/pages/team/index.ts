export { Account } from './account/Account';
export { Keys } from './keys/Keys';
export { Team } from './Team';
