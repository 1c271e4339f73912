import { useHotkeys } from '@mantine/hooks';
import { useNavigate } from '@tanstack/react-router';
import { lazy, Suspense, useEffect, useRef, useState } from 'react';
import { useKeys } from './keys';
import { PLACES } from './places';

const Palette = lazy(() => import('./Palette'));
const KeysHelp = lazy(() => import('./KeysHelp'));

type Opened = 'palette' | 'keys' | undefined;
let open: (what: Opened) => void = () => undefined;
export const openPalette = () => open('palette');
export const openKeys = () => open('keys');

/** The keys that hold everywhere: Ctrl K, `?`, and `G` with a place's letter. */
export function Keyboard() {
  const [opened, setOpened] = useState<Opened>();
  const navigate = useNavigate();
  const going = useRef(0);
  useEffect(() => {
    open = setOpened;
    return () => void (open = () => undefined);
  }, []);
  useHotkeys([['mod+K', openPalette]], []);
  const places = PLACES.flatMap((group) => group.places);
  const go = Object.fromEntries(
    places.map(({ key, to }) => [
      key.toLowerCase(),
      () => {
        if (Date.now() - going.current < 1500) void navigate({ to });
        going.current = 0;
      },
    ]),
  );
  useKeys({ '?': openKeys, g: () => void (going.current = Date.now()) });
  useGo(go, going);
  return (
    <Suspense fallback={null}>
      {opened === 'palette' && <Palette close={() => setOpened(undefined)} />}
      {opened === 'keys' && <KeysHelp close={() => setOpened(undefined)} />}
    </Suspense>
  );
}

/** The letter after `G` goes before what the page does with the same letter. */
function useGo(go: Record<string, () => void>, going: React.RefObject<number>) {
  const current = useRef(go);
  current.current = go;
  useEffect(() => {
    const press = (event: KeyboardEvent) => {
      const act = current.current[event.key.toLowerCase()];
      if (!act || Date.now() - going.current >= 1500) return;
      event.preventDefault();
      event.stopPropagation();
      act();
    };
    document.addEventListener('keydown', press, { capture: true });
    return () => document.removeEventListener('keydown', press, { capture: true });
  }, [going]);
}
