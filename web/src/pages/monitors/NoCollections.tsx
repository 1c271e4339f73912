import { Button } from '@mantine/core';
import { Link } from '@tanstack/react-router';
import { Library } from 'lucide-react';
import { Empty } from '../../parts/States';

/** A monitor runs a collection: without one there is nothing to make. */
export const NoCollections = () => (
  <div className="card">
    <Empty
      icon={Library}
      title="There is no collection to run yet"
      action={
        <Button
          renderRoot={(props) => <Link {...props} to="/collections" search={{ dialog: 'import' } as never} />}
        >
          Import a collection
        </Button>
      }
    >
      A monitor runs a collection. Import one from Postman, or make one.
    </Empty>
  </div>
);
