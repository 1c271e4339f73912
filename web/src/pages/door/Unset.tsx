import { Alert } from '@mantine/core';
import { KeyRound } from 'lucide-react';

/** A new server: how its first admin comes in. */
export const Unset = () => (
  <Alert
    color="iris"
    variant="light"
    icon={<KeyRound size={18} aria-hidden />}
    title="This server is not set up yet"
  >
    Open the one-time link that <code className="mono">postern serve</code> printed when it first started. If
    it is gone, make another on the server:
    <code className="mono" style={{ display: 'block', marginTop: 8 }}>
      postern users link admin@localhost
    </code>
  </Alert>
);
