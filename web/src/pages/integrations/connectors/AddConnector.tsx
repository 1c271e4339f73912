import { useParams } from '@tanstack/react-router';
import { Add } from '../Add';
import { ConnectorLoaded } from './ConnectorLoaded';

/** The form that adds an integration with a connector. */
export function AddConnector() {
  const { connector = '', kind } = useParams({ strict: false }) as { connector?: string; kind?: string };
  return (
    <ConnectorLoaded id={connector} title="Add integration">
      {(it) => <Add key={`${connector} ${kind}`} kind={kind} connector={it} />}
    </ConnectorLoaded>
  );
}
