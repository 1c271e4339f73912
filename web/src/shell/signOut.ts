import { useQueryClient } from '@tanstack/react-query';
import { useNavigate } from '@tanstack/react-router';
import { api, keepCsrfToken } from '../api/client';
import { closeStream } from '../api/stream';
import { failed } from '../parts/notify';

/** Ends the session, and forgets all that was shown. */
export function useSignOut() {
  const navigate = useNavigate();
  const client = useQueryClient();
  return async () => {
    try {
      await api.DELETE('/session');
    } catch (error) {
      return failed('Could not sign out', error);
    }
    keepCsrfToken(undefined);
    closeStream();
    await navigate({ to: '/login' });
    client.clear();
  };
}
