import { ActionIcon, Alert, Button } from '@mantine/core';
import { Link, Outlet, useRouterState } from '@tanstack/react-router';
import { Menu as MenuIcon, RefreshCw } from 'lucide-react';
import { useEffect, useState } from 'react';
import { useOutdated } from '../api/stream';
import { Keyboard } from './Keyboard';
import { Logo } from './Logo';
import { Nav } from './Nav';

/** What stands around every page of somebody who is signed in. */
export function Shell() {
  const [open, setOpen] = useState(false);
  const path = useRouterState({ select: (state) => state.location.pathname });
  const outdated = useOutdated();
  useEffect(() => setOpen(false), [path]);
  return (
    <div className="shell">
      <a className="skip" href="#main">
        Skip to content
      </a>
      <Keyboard />
      {open && <div className="scrim" onClick={() => setOpen(false)} aria-hidden />}
      <Nav isOpen={open} close={() => setOpen(false)} />
      <div style={{ minWidth: 0 }}>
        <header className="top-bar">
          <ActionIcon
            aria-label="Menu"
            aria-expanded={open}
            aria-controls="nav"
            onClick={() => setOpen(!open)}
          >
            <MenuIcon size={18} aria-hidden />
          </ActionIcon>
          <Link to="/integrations" className="brand">
            <Logo size={22} />
            Postern
          </Link>
        </header>
        <main id="main" className="page" tabIndex={-1} style={{ outline: 'none' }}>
          {outdated && (
            <Alert
              mb="md"
              icon={<RefreshCw size={16} aria-hidden />}
              title="There is a new version of Postern"
            >
              <Button size="xs" onClick={() => location.reload()}>
                Reload
              </Button>
            </Alert>
          )}
          <Outlet />
          {/* Menus and dialogs open here, so that they lie in a landmark. */}
          <div className="pop-ups" data-mantine-shared-portal-node="true" />
        </main>
      </div>
    </div>
  );
}
