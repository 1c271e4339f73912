import { useParams } from '@tanstack/react-router';
import { Add } from './Add';

/** The form that adds a webhook, and then its secret. */
export function AddIntegration() {
  const { kind } = useParams({ strict: false }) as { kind?: string };
  return <Add key={kind} kind={kind} />;
}
