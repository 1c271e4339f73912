import { query, type Shape } from '../api/client';

export type ConnectorEntry = Shape['ConnectorEntry'];

/** The catalogue: all that can be connected. */
export const useConnectors = () => query.useQuery('get', '/connectors', {});

/** The catalogue's entry of an id, once it is known. */
export function useConnectorOf(): (id: string) => ConnectorEntry | undefined {
  const { data } = useConnectors();
  return (id) => data?.connectors.find((it) => it.id === id);
}
