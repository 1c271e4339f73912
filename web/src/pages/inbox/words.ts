import { kindOf, KINDS } from '../../words/kinds';
import type { Arrived } from './data';

/** What a request tells: the kind of event where it says so, else where it went. */
export function titleOf(request: Arrived): string {
  if (request.event) return Object.hasOwn(KINDS, request.event) ? kindOf(request.event).short : request.event;
  return placeOf(request);
}

/** The path behind the inbox's address, with the query. */
export const placeOf = ({ path, query }: Pick<Arrived, 'path' | 'query'>) =>
  query ? `${path}?${query}` : path;

/** A line for a shell that sends something to the inbox. */
export const curlTo = (url: string) =>
  `curl -H 'content-type: application/json' -d '{"hello": "world"}' '${url.replaceAll("'", "'\\''")}'`;
