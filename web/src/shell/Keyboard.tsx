import { useHotkeys } from '@mantine/hooks';
import { useNavigate } from '@tanstack/react-router';
import { lazy, Suspense, useEffect, useRef, useState } from 'react';
import { useGo, useKeys, useSearchKeys } from './keys';
import { PLACES } from './places';

const Palette = lazy(() => import('./Palette'));
const KeysHelp = lazy(() => import('./KeysHelp'));

type Opened = 'palette' | 'keys' | undefined;
let open: (what: Opened) => void = () => undefined;
export const openPalette = () => open('palette');
export const openKeys = () => open('keys');

/** The keys that hold everywhere: Ctrl K, `?`, `/`, and `G` with a place's letter. */
export function Keyboard() {
  const [opened, setOpened] = useState<Opened>();
  const cameFrom = useRef<Element>(null);
  const navigate = useNavigate();
  useEffect(() => {
    open = (what) => {
      cameFrom.current = document.activeElement;
      setOpened((old) => (old === what ? undefined : what));
    };
    return () => void (open = () => undefined);
  }, []);
  // Who closes it is where they were before; who has gone somewhere is there.
  useEffect(() => {
    if (opened || !cameFrom.current) return;
    const back = cameFrom.current;
    cameFrom.current = null;
    if (back instanceof HTMLElement && back.isConnected) back.focus();
  }, [opened]);
  const close = () => setOpened(undefined);
  const leave = () => {
    cameFrom.current = null;
    close();
  };
  useHotkeys([['mod+K', () => (opened === 'palette' ? close() : openPalette())]], [], true);
  useKeys({ '?': openKeys });
  useSearchKeys();
  const places = PLACES.flatMap((group) => group.places);
  useGo(Object.fromEntries(places.map(({ key, to }) => [key.toLowerCase(), () => void navigate({ to })])));
  return (
    <Suspense fallback={null}>
      {opened === 'palette' && <Palette close={close} leave={leave} />}
      {opened === 'keys' && <KeysHelp close={close} />}
    </Suspense>
  );
}
