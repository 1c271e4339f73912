import { Button } from '@mantine/core';
import { Link } from '@tanstack/react-router';
import { Library } from 'lucide-react';
import { Page } from '../../parts/Page';
import { Empty } from '../../parts/States';

/** For an address whose collection is not there, or not to be seen. */
export const NotThere = () => (
  <Page title="No such collection" crumbs={[{ label: 'Collections', to: '/collections' }]}>
    <div className="card">
      <Empty
        icon={Library}
        title="There is no such collection, or you may not see it"
        action={
          <div className="row wrap" style={{ justifyContent: 'center' }}>
            <Button component={Link} {...({ to: '/collections' } as object)} variant="default">
              All collections
            </Button>
            <Button
              component={Link}
              {...({ to: '/collections', search: { view: 'deleted' } } as object)}
              variant="default"
            >
              Deleted ones
            </Button>
          </div>
        }
      >
        What was deleted is kept for a while and can be given back.
      </Empty>
    </div>
  </Page>
);
