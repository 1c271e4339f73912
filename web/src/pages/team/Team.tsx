import { Tabs } from '@mantine/core';
import type { ComponentType } from 'react';
import { useMay, useSession } from '../../api/session';
import { Page } from '../../parts/Page';
import { useAddress } from '../../parts/search';
import { Audit } from './audit/Audit';
import { Invitations } from './invitations/Invitations';
import { Members } from './members/Members';
import { Workspaces } from './workspaces/Workspaces';

interface Part {
  name: string;
  label: string;
  Part: ComponentType;
  /** Whether only admins have it. */
  isAdmins?: boolean;
}

const PARTS: Part[] = [
  { name: 'members', label: 'Members', Part: Members },
  { name: 'invitations', label: 'Invitations', Part: Invitations, isAdmins: true },
  { name: 'workspaces', label: 'Workspaces', Part: Workspaces },
  { name: 'audit', label: 'Audit log', Part: Audit, isAdmins: true },
];

/** Who is in the team, who may come, where they work, and who did what with it. */
export function Team() {
  const isAdmin = useMay('admin');
  const { user } = useSession();
  const [{ tab }, change] = useAddress();
  const parts = PARTS.filter(({ isAdmins }) => isAdmin || !isAdmins);
  const chosen = parts.find(({ name }) => name === tab)?.name ?? 'members';
  return (
    <Page title="Team" sub={user.teamName}>
      <Tabs
        value={chosen}
        onChange={(name) => change(onlyTab(name))}
        keepMounted={false}
        activateTabWithKeyboard={false}
      >
        <Tabs.List mb="md">
          {parts.map(({ name, label }) => (
            <Tabs.Tab key={name} value={name}>
              {label}
            </Tabs.Tab>
          ))}
        </Tabs.List>
        {parts.map(({ name, Part }) => (
          <Tabs.Panel key={name} value={name}>
            <Part />
          </Tabs.Panel>
        ))}
      </Tabs>
    </Page>
  );
}

/** Another tab doesn't have the filters of the last one. */
const onlyTab = (tab: string | null) => ({
  tab: tab === 'members' ? undefined : (tab ?? undefined),
  ...Object.fromEntries(['action', 'user', 'since', 'until', 'workspace'].map((name) => [name, undefined])),
});
