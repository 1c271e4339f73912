export { Inboxes } from './Inboxes';
export { InboxPage } from './InboxPage';
