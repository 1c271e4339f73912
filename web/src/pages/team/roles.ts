import type { Role } from '../../api/session';

interface RoleWords {
  value: Role;
  label: string;
  /** What who has it may do. */
  text: string;
}

/** The roles, from the least to the most. */
export const ROLES: RoleWords[] = [
  { value: 'viewer', label: 'Viewer', text: 'Reads what is open to the team' },
  {
    value: 'editor',
    label: 'Editor',
    text: 'Also changes collections, environments, monitors and integrations',
  },
  {
    value: 'admin',
    label: 'Admin',
    text: 'Also people, keys of others, the audit log; enters every workspace',
  },
];

const place = (role: string) => ROLES.findIndex(({ value }) => value === role);

/** The most of what somebody has. */
export const highest = (roles: readonly string[]): Role =>
  ROLES[Math.max(0, ...roles.map(place))]?.value ?? 'viewer';

export const labelOf = (role: string): string => ROLES.find(({ value }) => value === role)?.label ?? role;

/** The roles up to this one. */
export const upTo = (role: Role): RoleWords[] => ROLES.slice(0, place(role) + 1);

/** What the API calls roles in a workspace. */
export const WORKSPACE_ROLES = { viewer: '1', editor: '2', admin: '3' } as const;
