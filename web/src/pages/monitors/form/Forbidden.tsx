import { Button } from '@mantine/core';
import { Link } from '@tanstack/react-router';
import { Lock } from 'lucide-react';
import { Empty } from '../../../parts/States';

/** For who may look, but not change. */
export function Forbidden({ what }: { what: string }) {
  return (
    <div className="card">
      <Empty
        icon={Lock}
        title={`You may not ${what}`}
        action={
          <Button variant="default" renderRoot={(props) => <Link {...props} to="/monitors" />}>
            Back to the monitors
          </Button>
        }
      >
        An editor or an admin may. Ask one of them, or have your role changed.
      </Empty>
    </div>
  );
}
