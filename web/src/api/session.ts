import { queryOptions, useSuspenseQuery } from '@tanstack/react-query';
import { api, keepCsrfToken, type Shape } from './client';

export type Session = Shape['SessionView'];

const RANKS = ['viewer', 'editor', 'admin'] as const;
export type Role = (typeof RANKS)[number];

/** Who is signed in. */
export const sessionQuery = queryOptions({
  queryKey: ['get', '/session'],
  staleTime: Infinity,
  retry: false,
  queryFn: async () => {
    const { data } = await api.GET('/session');
    const session = data!.session;
    keepCsrfToken(session.csrfToken);
    return session;
  },
});

export const useSession = (): Session => useSuspenseQuery(sessionQuery).data;

/** Whether the signed-in person may do what needs this role. Hide what they may not do; the server refuses it too. */
export function useMay(role: Role): boolean {
  const { user } = useSession();
  const own = Math.max(...(user.roles ?? []).map((name) => RANKS.indexOf(name as Role)), 0);
  return own >= RANKS.indexOf(role);
}
