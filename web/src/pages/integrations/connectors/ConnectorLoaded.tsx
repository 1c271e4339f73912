import { Button } from '@mantine/core';
import { Link } from '@tanstack/react-router';
import { Unplug } from 'lucide-react';
import type { ReactNode } from 'react';
import { Refused } from '../../../api/errors';
import { Page } from '../../../parts/Page';
import { Empty, Loaded } from '../../../parts/States';
import type { Connector } from './connector';
import { useConnector } from './useConnector';

const CRUMBS = [{ label: 'Integrations', to: '/integrations' }] as const;

interface ConnectorLoadedProps {
  id: string;
  /** What the page is called until its connector is there. */
  title: string;
  children: (connector: Connector) => ReactNode;
}

/** A page about a connector, once that is there; says so where there is none of this name. */
export function ConnectorLoaded({ id, title, children }: ConnectorLoadedProps) {
  const asked = useConnector(id);
  const error: unknown = asked.error;
  if (asked.data) return <>{children(asked.data.connector)}</>;
  const isUnknown = error instanceof Refused && error.status === 404;
  return (
    <Page title={isUnknown ? 'No such connector' : title} crumbs={[...CRUMBS]}>
      {isUnknown ? (
        <div className="card">
          <Empty
            icon={Unplug}
            title={`There is no connector “${id}”`}
            action={
              <Button variant="default" component={Link} to="/integrations">
                See all integrations
              </Button>
            }
          >
            This server’s catalogue has none of this name. A newer Postern may have it.
          </Empty>
        </div>
      ) : (
        <Loaded what="the connector" of={asked}>
          {() => null}
        </Loaded>
      )}
    </Page>
  );
}
