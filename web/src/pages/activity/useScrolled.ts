import { useSyncExternalStore } from 'react';

const subscribe = (listener: () => void) => {
  window.addEventListener('scroll', listener, { passive: true });
  return () => window.removeEventListener('scroll', listener);
};

/** Whether one has gone down the page, so that what is new above would move what is read. */
export const useScrolled = (): boolean => useSyncExternalStore(subscribe, () => window.scrollY > 80);
