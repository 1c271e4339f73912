import { Button, type ButtonProps } from '@mantine/core';
import { Link } from '@tanstack/react-router';

/** Leads to where somebody can be told of a monitor's results. */
export const AddIntegration = ({ uid, ...more }: ButtonProps & { uid: string }) => (
  <Button
    variant="default"
    {...more}
    renderRoot={(props) => (
      <Link {...props} to="/integrations" search={{ event: 'monitor_results', monitor: uid } as never} />
    )}
  >
    Add integration
  </Button>
);
