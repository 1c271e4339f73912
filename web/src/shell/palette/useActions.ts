import { useComputedColorScheme, useMantineColorScheme } from '@mantine/core';
import { FileDown, KeyRound, Keyboard, LogOut, Moon, Play, Plug, Plus, Sun, UserPlus } from 'lucide-react';
import { query } from '../../api/client';
import { useMay } from '../../api/session';
import { failed, told } from '../../parts/notify';
import { useConnectors } from '../../parts/useConnectors';
import { useMonitors } from '../../parts/useMonitors';
import { pageOf } from '../../words/connectors';
import { categoryName } from '../../words/categories';
import { KINDS } from '../../words/kinds';
import { openKeys } from '../Keyboard';
import { useSignOut } from '../signOut';
import { useGoTo } from './useGoTo';
import type { Item } from './useItems';

type Action = Omit<Item, 'group' | 'id'>;

/** What can be done from anywhere, of what one may do. */
export function useActions(): Item[] {
  const mayEdit = useMay('editor');
  const mayRule = useMay('admin');
  const go = useGoTo();
  const runs = useRuns();
  const connectors = useConnecting();
  const own = useOwn();
  const editing: Action[] = [
    { label: 'Add integration', icon: Plus, act: () => go('/integrations') },
    { label: 'New monitor', icon: Plus, act: () => go('/monitors/new') },
    { label: 'Import', icon: FileDown, act: () => go('/collections', { dialog: 'import' }) },
    ...Object.entries(KINDS).map(([name, { title, icon }]) => ({
      label: `Add integration: ${title}`,
      icon,
      quiet: true,
      act: () => go('/integrations', { event: name }),
    })),
    ...connectors,
    ...runs,
  ];
  const ruling: Action[] = [
    { label: 'Invite', icon: UserPlus, act: () => go('/team', { tab: 'invitations', dialog: 'invite' }) },
  ];
  const all = [...(mayEdit ? editing : []), ...(mayRule ? ruling : []), ...own];
  return all.map((it) => ({ ...it, group: 'Actions', id: `do ${it.label}` }));
}

/** "Add Slack": to the page of each connector. */
function useConnecting(): Action[] {
  const go = useGoTo();
  const { data } = useConnectors();
  return (data?.connectors ?? []).map(({ id, name, category }) => ({
    label: `Add ${name}`,
    icon: Plug,
    hint: categoryName(category),
    quiet: true,
    act: () => go(pageOf(id)),
  }));
}

/** "Run now" for every monitor; one stays where one is. */
function useRuns(): Action[] {
  const monitors = useMonitors();
  const run = query.useMutation('post', '/monitors/{uid}/run');
  return (monitors.data ?? []).map(({ uid, name }) => ({
    label: `Run now: ${name}`,
    icon: Play,
    quiet: true,
    stays: true,
    act: () =>
      run
        .mutateAsync({ params: { path: { uid }, query: { async: true } } })
        .then(() => told(`${name} has started`))
        .catch((error: unknown) => failed(`Could not run ${name}`, error)),
  }));
}

/** What is about oneself. */
function useOwn(): Action[] {
  const { setColorScheme } = useMantineColorScheme();
  const scheme = useComputedColorScheme('light', { getInitialValueInEffect: false });
  const signOut = useSignOut();
  const go = useGoTo();
  const other = scheme === 'dark' ? 'light' : 'dark';
  return [
    { label: 'New API key', icon: KeyRound, quiet: true, act: () => go('/keys', { dialog: 'new' }) },
    {
      label: 'Switch colour scheme',
      icon: scheme === 'dark' ? Sun : Moon,
      hint: other === 'dark' ? 'Dark' : 'Light',
      stays: true,
      act: () => setColorScheme(other),
    },
    { label: 'Keyboard shortcuts', icon: Keyboard, hint: '?', stays: true, act: openKeys },
    { label: 'Sign out', icon: LogOut, act: () => signOut() },
  ];
}
