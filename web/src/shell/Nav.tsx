import { ActionIcon, Kbd, Menu, Tooltip, useComputedColorScheme, useMantineColorScheme } from '@mantine/core';
import { Link } from '@tanstack/react-router';
import { Keyboard as KeyboardIcon, LogOut, Moon, Search, Sun, UserRound } from 'lucide-react';
import { query } from '../api/client';
import { useSession } from '../api/session';
import { useLine } from '../api/stream';
import { openKeys, openPalette } from './Keyboard';
import { MOD } from './keys';
import { Logo } from './Logo';
import { PLACES } from './places';
import { useSignOut } from './signOut';

/** The navigation at the left; a drawer where there is little room. */
export function Nav({ isOpen, close }: { isOpen: boolean; close: () => void }) {
  return (
    <nav
      className="nav"
      id="nav"
      aria-label="Main"
      data-open={isOpen || undefined}
      onKeyDown={(event) => event.key === 'Escape' && close()}
    >
      <Link to="/integrations" className="brand">
        <Logo />
        Postern
      </Link>
      <button type="button" className="nav-link nav-search" onClick={openPalette}>
        <Search size={15} aria-hidden />
        Search
        <Kbd size="xs" className="push">
          {MOD} K
        </Kbd>
      </button>
      {PLACES.map(({ title, places }) => (
        <div key={title}>
          {title ? <div className="nav-title">{title}</div> : <div style={{ height: 10 }} />}
          {places.map(({ to, label, icon: Icon }) => (
            <Link key={to} to={to} className="nav-link">
              <Icon size={16} aria-hidden />
              {label}
              {to === '/integrations' && <Failing />}
            </Link>
          ))}
        </div>
      ))}
      <div className="nav-foot">
        <Person />
        <span className="row push" style={{ gap: 4 }}>
          <LiveDot />
          <Scheme />
        </span>
      </div>
    </nav>
  );
}

/** How many integrations have trouble. */
function Failing() {
  const { data } = query.useQuery('get', '/integrations', {});
  const count = data?.integrations.filter((it) => it.failingSince || it.status === 'disabled').length ?? 0;
  if (count === 0) return null;
  return (
    <span className="count" data-bad aria-label={`${count} failing`}>
      {count}
    </span>
  );
}

const LINES = {
  live: 'Live: what changes shows by itself',
  connecting: 'Connecting…',
  lost: 'Reconnecting… Until then the page asks every ten seconds',
};

function LiveDot() {
  const line = useLine();
  return (
    <Tooltip label={LINES[line]}>
      <span className="row" style={{ padding: 8 }} role="img" aria-label={LINES[line]}>
        <span className="live-dot" data-live={line === 'live' || undefined} />
      </span>
    </Tooltip>
  );
}

function Scheme() {
  const { setColorScheme } = useMantineColorScheme();
  const scheme = useComputedColorScheme('light', { getInitialValueInEffect: false });
  const other = scheme === 'dark' ? 'light' : 'dark';
  return (
    <Tooltip label={other === 'dark' ? 'Dark mode' : 'Light mode'}>
      <ActionIcon aria-label="Switch colour scheme" onClick={() => setColorScheme(other)}>
        {scheme === 'dark' ? <Sun size={16} aria-hidden /> : <Moon size={16} aria-hidden />}
      </ActionIcon>
    </Tooltip>
  );
}

function Person() {
  const { user } = useSession();
  const signOut = useSignOut();
  const initials = user.fullName
    .split(/\s+/)
    .slice(0, 2)
    .map((word) => word.charAt(0).toUpperCase())
    .join('');
  return (
    <Menu position="top-start" width={220}>
      <Menu.Target>
        <button
          type="button"
          className="nav-link"
          style={{ height: 44, padding: '0 4px', flex: 1, width: 'auto', minWidth: 0 }}
        >
          <span
            className="kind"
            style={{ width: 26, height: 26, borderRadius: 13, fontSize: 11, fontWeight: 600 }}
            aria-hidden
          >
            {initials}
          </span>
          <span className="clip" style={{ textAlign: 'left', fontSize: 13, lineHeight: 1.3 }}>
            {user.fullName} <br />
            <span className="dimmed" style={{ fontSize: 11.5 }}>
              {user.teamName}
            </span>
          </span>
        </button>
      </Menu.Target>
      <Menu.Dropdown>
        <Menu.Item
          leftSection={<UserRound size={15} />}
          renderRoot={(props) => <Link to="/account" {...props} />}
        >
          Your account
        </Menu.Item>
        <Menu.Item leftSection={<KeyboardIcon size={15} />} onClick={openKeys}>
          Keyboard shortcuts
        </Menu.Item>
        <Menu.Divider />
        <Menu.Item leftSection={<LogOut size={15} />} onClick={() => void signOut()}>
          Sign out
        </Menu.Item>
      </Menu.Dropdown>
    </Menu>
  );
}
