import { MutationCache, QueryCache, QueryClient } from '@tanstack/react-query';
import {
  createRootRouteWithContext,
  createRoute,
  createRouter,
  lazyRouteComponent,
  Outlet,
  redirect,
  type AnyRoute,
  type ErrorComponentProps,
} from '@tanstack/react-router';
import { base } from './api/client';
import { Refused } from './api/errors';
import { sessionQuery } from './api/session';
import { openStream } from './api/stream';
import { Failed } from './parts/States';
import { NotFound } from './shell/NotFound';
import { Shell } from './shell/Shell';

/** Who is no longer signed in goes to the door, and afterwards back to where they were. */
const toDoor = (error: unknown) => {
  if (!(error instanceof Refused) || error.status !== 401) return;
  const { pathname, href } = router.state.location;
  if (!['/login', '/welcome', '/invite'].some((door) => pathname.startsWith(door)))
    void router.navigate({ to: '/login', search: { return: href } });
};

export const client: QueryClient = new QueryClient({
  queryCache: new QueryCache({ onError: toDoor }),
  // Whatever was changed, what is shown is read again.
  mutationCache: new MutationCache({ onError: toDoor, onSuccess: () => client.invalidateQueries() }),
  defaultOptions: {
    queries: {
      staleTime: 15_000,
      retry: (count, error) =>
        count < 1 && !(error instanceof Refused && error.status !== 0 && error.status < 500),
    },
  },
});

const root = createRootRouteWithContext<{ client: QueryClient }>()({
  component: Outlet,
  notFoundComponent: NotFound,
});

/** Everything behind the door. */
const inside = createRoute({
  getParentRoute: () => root,
  id: 'inside',
  component: Shell,
  beforeLoad: async ({ context, location }) => {
    try {
      await context.client.ensureQueryData(sessionQuery);
    } catch (error) {
      if (error instanceof Refused && error.status === 401)
        throw redirect({ to: '/login', search: { return: location.href } });
      throw error;
    }
    openStream(context.client);
  },
});

type Search = Record<string, unknown>;
type Load = () => Promise<Record<string, unknown>>;

/** A page at a path, loaded when it is first gone to. What stands in the address's query is the page's own affair: see `useSearch` of `parts/search.ts`. */
const page = (parent: AnyRoute, path: string, load: Load, name: string) =>
  createRoute({
    getParentRoute: () => parent,
    path,
    validateSearch: (search: Search): Search => search,
    component: lazyRouteComponent(load as never, name as never),
  });

const integrations = () => import('./pages/integrations/Integrations');
const addIntegration = () => import('./pages/integrations/AddIntegration');
const connector = () => import('./pages/integrations/connectors/ConnectorPage');
const addConnector = () => import('./pages/integrations/connectors/AddConnector');
const deliveries = () => import('./pages/deliveries');
const collections = () => import('./pages/collections');
const monitors = () => import('./pages/monitors/Monitors');
const environments = () => import('./pages/environments');
const activity = () => import('./pages/activity');
const team = () => import('./pages/team');
const settings = () => import('./pages/settings');
const inbox = () => import('./pages/inbox');
const door = () => import('./pages/door');

const tree = root.addChildren([
  page(root, '/login', door, 'SignIn'),
  page(root, '/welcome', door, 'Welcome'),
  page(root, '/invite/$token', door, 'Invite'),
  inside.addChildren([
    createRoute({
      getParentRoute: () => inside,
      path: '/',
      beforeLoad: () => {
        throw redirect({ to: '/integrations' });
      },
    }),
    page(inside, '/integrations', integrations, 'Integrations'),
    page(inside, '/integrations/webhooks', () => import('./pages/integrations/Webhooks'), 'Webhooks'),
    page(inside, '/integrations/webhooks/add/$kind', addIntegration, 'AddIntegration'),
    page(inside, '/integrations/connectors/$connector', connector, 'ConnectorPage'),
    page(inside, '/integrations/connectors/$connector/add/$kind', addConnector, 'AddConnector'),
    page(inside, '/integrations/$id', () => import('./pages/integrations/Integration'), 'Integration'),
    page(inside, '/deliveries', deliveries, 'Deliveries'),
    page(inside, '/deliveries/$id', deliveries, 'DeliveryPage'),
    page(inside, '/inbox', inbox, 'Inboxes'),
    page(inside, '/inbox/$id', inbox, 'InboxPage'),
    page(inside, '/collections', collections, 'Collections'),
    page(inside, '/collections/$uid', collections, 'CollectionPage'),
    page(inside, '/collections/$uid/changelog', collections, 'Changelog'),
    page(inside, '/environments', environments, 'Environments'),
    page(inside, '/environments/$uid', environments, 'EnvironmentPage'),
    page(inside, '/monitors', monitors, 'Monitors'),
    page(inside, '/monitors/new', () => import('./pages/monitors/NewMonitor'), 'NewMonitor'),
    page(inside, '/monitors/$uid', () => import('./pages/monitors/MonitorPage'), 'MonitorPage'),
    page(inside, '/monitors/$uid/edit', () => import('./pages/monitors/EditMonitor'), 'EditMonitor'),
    page(inside, '/monitors/$uid/runs/$run', () => import('./pages/monitors/RunPage'), 'RunPage'),
    page(inside, '/activity', activity, 'Activity'),
    page(inside, '/team', team, 'Team'),
    page(inside, '/keys', team, 'Keys'),
    page(inside, '/account', team, 'Account'),
    page(inside, '/settings', settings, 'Settings'),
    createRoute({ getParentRoute: () => inside, path: '$', component: NotFound }),
  ]),
]);

const Broken = ({ error, reset }: ErrorComponentProps) => (
  <Failed what="this page" error={error} retry={reset} />
);

export const router = createRouter({
  routeTree: tree,
  basepath: base,
  context: { client },
  defaultPreload: 'intent',
  scrollRestoration: true,
  defaultErrorComponent: Broken,
  defaultNotFoundComponent: NotFound,
});

declare module '@tanstack/react-router' {
  interface Register {
    router: typeof router;
  }
}
