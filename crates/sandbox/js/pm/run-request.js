// `pm.execution.runRequest`: a request of the collection with its scripts, run by Rust's caller while this script waits.
import { current } from '../host.js';
import { jsonText, parse } from '../json.js';
import { Response } from './response.js';

export function runRequest(request, options) {
  if (!request) return Promise.reject(new Error('runRequest: collection request id not provided'));
  const { calls, variables } = current;
  const ask = { request: String(request), variables: { ...options?.variables }, changed: variables.changes() ?? {} };
  return calls.ask({ runRequest: parse(jsonText(ask)) }).then((ran) => {
    variables.takeOver(ran.variables);
    return ran.definition ? new Response(ran.definition, ran.number) : null;
  });
}
