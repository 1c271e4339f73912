import { query } from '../../../api/client';

/** A connector with its form. */
export const useConnector = (id: string) =>
  query.useQuery('get', '/connectors/{id}', { params: { path: { id } } });
