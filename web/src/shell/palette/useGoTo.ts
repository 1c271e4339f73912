import { useNavigate } from '@tanstack/react-router';

/** Goes to a page, and gives its title the focus. */
export function useGoTo() {
  const navigate = useNavigate();
  return async (to: string, search: Record<string, string> = {}) => {
    await navigate({ to, search: search as never });
    // A page that was shown already takes no focus by itself.
    if (document.activeElement === document.body) document.querySelector<HTMLElement>('#main h1')?.focus();
  };
}
