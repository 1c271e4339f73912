// `pm.sendRequest`: a request from within a script, sent by Rust's caller.
import { current } from '../host.js';
import { jsonText, parse } from '../json.js';
import { cookieList } from './cookies.js';
import { Request, definitionOf } from './request.js';
import { NO_RESPONSE, Response } from './response.js';

export function sendRequest(target, callback) {
  const { calls, pm } = current;
  const sent = target
    ? calls.ask({ sendRequest: parse(jsonText(definitionOf(requestOf(target)))) })
    : Promise.reject(new Error('sendrequest: nothing to request'));
  const response = sent.then(({ definition, number }) => new Response(definition, number));
  if (typeof callback !== 'function') return response;
  // Postman's callback has a third value: what went over the wire.
  calls.deliver(response, (error, it) => {
    if (!error) callback(null, it, { cookies: cookieList(it.cookies.all()) });
    else if (target) callback(error, new Response(NO_RESPONSE));
    else callback(error);
  });
  return pm;
}

// A request may also be one of the library `postman-collection`.
function requestOf(target) {
  if (target instanceof Request) return target;
  return new Request(target?.constructor?._postman_propertyName === 'Request' ? target.toJSON() : target);
}
