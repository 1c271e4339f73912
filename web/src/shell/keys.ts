import { useEffect, useRef } from 'react';

/** Whether single keys are off, for people whom they get in the way of (WCAG 2.1.4). */
const OFF = 'postern-single-keys-off';
export const singleKeysAreOff = () => localStorage.getItem(OFF) === 'yes';
export const turnSingleKeys = (on: boolean) => localStorage.setItem(OFF, on ? 'no' : 'yes');

/** Whether somebody is typing, or a dialog or menu has the keyboard. */
export function isBusy(event: KeyboardEvent): boolean {
  const at = event.target as HTMLElement;
  return (
    event.ctrlKey ||
    event.metaKey ||
    event.altKey ||
    at.closest(
      'input, textarea, select, [contenteditable], [role=dialog], [role=menu], [role=listbox], [role=combobox]',
    ) !== null
  );
}

/** Single keys of a page, while it is shown: `useKeys({ j: next, k: previous })`. A capital is the key with Shift. */
export function useKeys(keys: Record<string, (event: KeyboardEvent) => void>) {
  const current = useRef(keys);
  current.current = keys;
  useEffect(() => {
    const press = (event: KeyboardEvent) => {
      if (isBusy(event) || event.defaultPrevented) return;
      if (event.key.length === 1 && singleKeysAreOff()) return;
      const act = current.current[event.key];
      if (!act) return;
      event.preventDefault();
      act(event);
    };
    document.addEventListener('keydown', press);
    return () => document.removeEventListener('keydown', press);
  }, []);
}
