import { useEffect, useRef } from 'react';

/** Whether single keys are off, for people whom they get in the way of (WCAG 2.1.4). */
const OFF = 'postern-single-keys-off';
export const singleKeysAreOff = () => localStorage.getItem(OFF) === 'yes';
export const turnSingleKeys = (on: boolean) => localStorage.setItem(OFF, on ? 'no' : 'yes');

/** The key that goes with others, as the keyboard in front of one names it. */
export const MOD = /Mac|iP(hone|ad)/.test(navigator.platform) ? '⌘' : 'Ctrl';

const TYPING = 'input:not([type=checkbox], [type=radio]), textarea, select, [contenteditable]';
const TAKEN = '[role=dialog], [role=menu], [role=listbox], [role=combobox]';

/** Whether somebody is typing, or a dialog or menu has the keyboard. */
export function isBusy(event: KeyboardEvent): boolean {
  const at = event.target as HTMLElement;
  return event.ctrlKey || event.metaKey || event.altKey || at.closest(`${TYPING}, ${TAKEN}`) !== null;
}

/** Whether the key already does something where the focus is: Enter on a link, space on a check box. */
const isOfTarget = (event: KeyboardEvent) =>
  (event.key === 'Enter' || event.key === ' ') &&
  (event.target as HTMLElement).closest('a, button, summary, input') !== null;

/** Single keys of a page, while it is shown: `useKeys({ j: next, k: previous })`. A capital is the key with Shift. */
export function useKeys(keys: Record<string, (event: KeyboardEvent) => void>) {
  const current = useRef(keys);
  current.current = keys;
  useEffect(() => {
    const press = (event: KeyboardEvent) => {
      if (event.defaultPrevented || isBusy(event) || isOfTarget(event)) return;
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

/** So long after `G` its letter is waited for. */
const GOING_MS = 1500;

/** `G` and then a letter: the letter goes before what the page does with it. Any other key ends the waiting. */
export function useGo(go: Record<string, () => void>) {
  const current = useRef(go);
  current.current = go;
  useEffect(() => {
    let since = -Infinity;
    const press = (event: KeyboardEvent) => {
      if (event.repeat || event.key === 'Shift') return;
      const isWaiting = performance.now() - since < GOING_MS;
      since = -Infinity;
      if (isBusy(event) || singleKeysAreOff()) return;
      const key = event.key.toLowerCase();
      const act = isWaiting ? current.current[key] : undefined;
      if (act) act();
      else if (key === 'g') since = performance.now();
      else return;
      event.preventDefault();
      event.stopPropagation();
    };
    document.addEventListener('keydown', press, { capture: true });
    return () => document.removeEventListener('keydown', press, { capture: true });
  }, []);
}

/** The page's own search field has `data-search`: `/` goes there, and Esc from there back to the page. */
export function useSearchKeys() {
  useEffect(() => {
    const press = (event: KeyboardEvent) => {
      const at = event.target as HTMLElement;
      if (event.defaultPrevented) return;
      if (event.key === 'Escape' && at.closest('[data-search]')) return at.blur();
      if (event.key !== '/' || isBusy(event) || singleKeysAreOff()) return;
      const field = document.querySelector<HTMLInputElement>('input[data-search], [data-search] input');
      // A page may have a `/` of its own.
      if (!field) return;
      event.preventDefault();
      field.focus();
      field.select();
    };
    document.addEventListener('keydown', press);
    return () => document.removeEventListener('keydown', press);
  }, []);
}
