// The global names of Postman's first years. Each value is made when a script first looks at it.
import { libraryRequire } from '../libraries.js';
import { Postman } from './postman.js';
import { xml2Json } from './xml2json.js';

const MAKERS = {
  tests: () => ({}),
  globals: ({ variables }) => variables.globals.toObject(),
  environment: ({ variables }) => variables.environment.toObject(),
  data: ({ variables }) => variables.iterationData.toObject(),
  iteration: ({ scope }) => scope.info.iteration,
  request: legacyRequest,
  postman: (execution) => new Postman(execution),
  responseCookies: ({ pm }) => (pm.response ? pm.cookies : undefined),
  responseHeaders: ({ pm }) => pm.response?.headers.toObject(true, true),
  responseTime: ({ pm }) => pm.response?.responseTime,
  responseCode: ({ pm }) => pm.response?.details(),
  responseBody: ({ pm }) => pm.response?.text(),
  _: () => libraryRequire('lodash3'),
  CryptoJS: () => libraryRequire('crypto-js'),
  tv4: () => libraryRequire('tv4'),
  xml2Json: () => xml2Json,
  Backbone: () => libraryRequire('backbone'),
  cheerio: () => libraryRequire('cheerio'),
};

export const LEGACY_NAMES = Object.keys(MAKERS);

export class Legacy {
  #execution;
  #values = new Map();
  #finished;

  constructor(execution) {
    this.#execution = execution;
    this.#finished = execution.settled;
  }

  get(name) {
    if (!this.#values.has(name)) this.#values.set(name, MAKERS[name](this.#execution));
    return this.#values.get(name);
  }

  set(name, value) {
    this.#values.set(name, value);
  }

  /** Turns the entries of `tests` into results, once: when the script itself is at its end, before its timers and calls. */
  finish() {
    if (this.#finished) return;
    this.#finished = true;
    const tests = this.#values.get('tests');
    this.#values.delete('tests');
    if (typeof tests !== 'object' || tests === null) return;
    for (const [name, value] of Object.entries(tests)) this.#execution.tests.note(name, value);
  }
}

function legacyRequest({ pm, scope }) {
  const { request } = pm;
  return {
    id: scope.info.requestId,
    name: scope.info.requestName,
    description: request.description === undefined ? undefined : String(request.description?.content ?? request.description),
    headers: request.headers.toObject(true, false, true, true),
    method: request.method,
    url: request.url.toString(),
    data: legacyBody(request.body),
  };
}

function legacyBody(body) {
  if (!body || body.isEmpty()) return {};
  if (body.mode === 'raw') return body.raw;
  if (body.mode === 'urlencoded' || body.mode === 'formdata') return body[body.mode].toObject(true);
  return body.file?.content ?? {};
}
