import { useQueryClient } from '@tanstack/react-query';
import { keepCsrfToken } from '../../api/client';
import { sessionQuery, type Session } from '../../api/session';

/** Makes this browser the person's who has just come in; what somebody else had on the screen is forgotten. */
export function useEnter() {
  const client = useQueryClient();
  return (session: Session) => {
    client.clear();
    keepCsrfToken(session.csrfToken);
    client.setQueryData(sessionQuery.queryKey, session);
  };
}
