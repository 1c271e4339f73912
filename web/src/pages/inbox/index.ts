export const Inboxes = () => null;
export const InboxPage = () => null;
