import { Button } from '@mantine/core';
import { Link } from '@tanstack/react-router';
import { Compass } from 'lucide-react';
import { Page } from '../parts/Page';
import { Empty } from '../parts/States';

/** An address that leads nowhere. */
export const NotFound = () => (
  <Page title="Not found">
    <Empty
      icon={Compass}
      title="There is nothing at this address"
      action={
        <Button renderRoot={(props) => <Link to="/integrations" {...props} />}>Go to Integrations</Button>
      }
    >
      It may have been deleted, or the link may be cut off.
    </Empty>
  </Page>
);
