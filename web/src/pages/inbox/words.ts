import { kindOf } from '../../words/kinds';
import { quoted } from '../deliveries/curl';
import type { Arrived } from './data';

/** What a request tells: the kind of event where it says so, else where it went. */
export const titleOf = (request: Arrived): string =>
  request.event ? kindOf(request.event).short : placeOf(request);

/** The path behind the inbox's address, with the query. */
export const placeOf = ({ path, query }: Pick<Arrived, 'path' | 'query'>) =>
  query ? `${path}?${query}` : path;

/** A line for a shell that sends something to the inbox. */
export const curlTo = (url: string) =>
  `curl -H 'content-type: application/json' -d '{"hello": "world"}' ${quoted(url)}`;
