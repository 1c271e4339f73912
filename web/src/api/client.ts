import createFetchClient, { type Middleware } from 'openapi-fetch';
import createQueryClient from 'openapi-react-query';
import { Refused } from './errors';
import type { components, paths } from '../../generated/schema';

/** The shapes of the API, by their names there. */
export type Shape = components['schemas'];

/** Where the app is served, with a slash at its end: `/`, or the path behind a proxy. */
export const base = new URL(document.baseURI).pathname;

/** What the server wants beside the cookie, with every call that changes something. */
let csrfToken: string | undefined;

export const keepCsrfToken = (token: string | null | undefined) => void (csrfToken = token ?? undefined);

const manners: Middleware = {
  onRequest({ request }) {
    if (csrfToken && request.method !== 'GET') request.headers.set('X-CSRF-Token', csrfToken);
    return request;
  },
  async onResponse({ response }) {
    if (!response.ok) throw await Refused.of(response);
  },
  onError({ error }) {
    throw error instanceof Refused ? error : Refused.unreachable(error);
  },
};

/** Calls the API: `await api.GET('/deliveries/{id}', …)`. What is not 2xx is thrown as [`Refused`]. */
export const api = createFetchClient<paths>({ baseUrl: `${base}api` });
api.use(manners);

/** The same as hooks: `query.useQuery('get', '/deliveries')`. */
export const query = createQueryClient(api);
