import type { Shape } from '../../../api/client';

export type Entry = Shape['Entry'];
export type Change = Shape['ChangeView'];

/** Entries that are read together: all of one version, or what one person did to one thing over several. */
export interface Group {
  key: string;
  version: number;
  from: number;
  /** Only what happened to this thing, where others did something in between. */
  only: string | undefined;
  user: string;
  at: string;
  entries: Entry[];
}

/** The changelog as groups, in the order that it has. What belongs to no version has no difference to show and is left out. */
export function groupsOf(entries: Entry[]): Group[] {
  const groups: Group[] = [];
  const byKey = new Map<string, Group>();
  for (const entry of entries) {
    const version = entry.version;
    if (version == null) continue;
    const from = entry.fromVersion ?? version - 1;
    const only = version - from > 1 && entry.action !== 'restore' ? entry.modelUid : undefined;
    const key = only ? `${version}.${from}.${only}` : `${version}`;
    const group = byKey.get(key);
    if (group) {
      group.entries.push(entry);
      group.from = Math.min(group.from, from);
      continue;
    }
    const made = { key, version, from, only, user: entry.user.name, at: entry.endedAt, entries: [entry] };
    byKey.set(key, made);
    groups.push(made);
  }
  return groups;
}

/** What the address asks for: a group by its key, or the newest that made this version; else the first. */
export const pick = (groups: Group[], wanted: string | undefined): Group | undefined =>
  groups.find((group) => group.key === wanted) ??
  groups.find((group) => String(group.version) === wanted) ??
  groups.find((group) => group.from < Number(wanted) && Number(wanted) <= group.version) ??
  (wanted === undefined ? groups[0] : undefined);

/** The same changes the other way round: what going back would do. */
export const inverted = (changes: Change[]): Change[] =>
  changes.map((change) => ({
    ...change,
    action: OTHER[change.action] ?? change.action,
    name: change.action === 'rename' ? (change.oldName ?? change.name) : change.name,
    ...(change.oldName != null && { oldName: change.name }),
    path: change.oldPath ?? change.path,
    ...(change.oldPath && { oldPath: change.path }),
    fields: change.fields.map(({ path, old, new: now }) => ({
      path,
      ...(now !== undefined && { old: now }),
      ...(old !== undefined && { new: old }),
    })),
  }));

const OTHER: Record<string, string> = { create: 'delete', delete: 'create' };
