/** The kinds of workspaces, and whom each is open to. */
export const KINDS = [
  { value: 'team', label: 'Team', text: 'Open to everybody in the team', isClosed: false },
  { value: 'private', label: 'Private', text: 'For its members, and for admins', isClosed: true },
  { value: 'personal', label: 'Personal', text: 'For one person, and for admins', isClosed: true },
  { value: 'public', label: 'Public', text: "Postman's word; here it is open to the team", isClosed: false },
  {
    value: 'partner',
    label: 'Partner',
    text: "Postman's word; here it is open to the team",
    isClosed: false,
  },
];

export const kindOf = (type: string) =>
  KINDS.find(({ value }) => value === type) ?? { value: type, label: type, text: '', isClosed: false };
