export { Invite } from './Invite';
export { SignIn } from './SignIn';
export { Welcome } from './Welcome';
