import { useNavigate, useSearch } from '@tanstack/react-router';
import { useCallback, useEffect, useRef } from 'react';

export type Search = Record<string, string | undefined>;

/**
 * What stands in the address behind the `?`, and how to change it: filters live there, so that reloading, going back
 * and a link keep them. `undefined` or `''` takes a word away.
 */
export function useAddress(): [Search, (change: Search, options?: { replace?: boolean }) => void] {
  const search: Record<string, unknown> = useSearch({ strict: false });
  const navigate = useNavigate();
  const words = Object.fromEntries(Object.entries(search).map(([name, value]) => [name, String(value)]));
  const change = useCallback(
    (change: Search, { replace = true } = {}) =>
      void navigate({
        to: '.',
        replace,
        search: ((old: Record<string, unknown>) => {
          const next = { ...old, ...change };
          return Object.fromEntries(
            Object.entries(next).filter(([, value]) => value !== undefined && value !== ''),
          );
        }) as never,
      }),
    [navigate],
  );
  return [words, change];
}

/** Opens what the address asks for (`?dialog=import`), once: so the palette, or a link, opens a dialog of a page. */
export function useAskedDialog(name: string, open: () => void) {
  const [{ dialog }, change] = useAddress();
  const latest = useRef(open);
  latest.current = open;
  useEffect(() => {
    if (dialog !== name) return;
    latest.current();
    change({ dialog: undefined });
  }, [dialog, name, change]);
}
