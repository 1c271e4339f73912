// The `pm` object. Its parts are made when they are first looked at: most scripts use few of them.
import { jsonText, parse } from '../json.js';
import { cookieList } from './cookies.js';
import { loadChai } from './expect.js';
import { Request, definitionOf } from './request.js';
import { NO_RESPONSE, Response } from './response.js';
import { datasets, vault } from './elsewhere.js';
import { packageOf } from './packages.js';
import { runRequest } from './run-request.js';
import { sendRequest } from './send-request.js';
import { visualizer } from './visualizer.js';

export class Pm {
  #execution;
  #made = {};
  #requestBefore;

  constructor(execution) {
    this.#execution = execution;
    this.sendRequest = sendRequest;
  }

  #once(name, make) {
    if (!(name in this.#made)) this.#made[name] = make();
    return this.#made[name];
  }

  get test() {
    const { test } = this.#execution.tests;
    this.test = test;
    return test;
  }

  // A script may put a function of its own in its place.
  set test(value) {
    Object.defineProperty(this, 'test', { value, writable: true, enumerable: true, configurable: true });
  }

  get info() {
    const { listen, scope } = this.#execution;
    const { iteration, iterationCount, requestName, requestId } = scope.info;
    return this.#once('info', () => Object.freeze({ eventName: listen, iteration, iterationCount, requestName, requestId }));
  }

  get expect() {
    return loadChai().expect;
  }

  get variables() {
    return this.#execution.variables.locals;
  }

  get environment() {
    return this.#execution.variables.environment;
  }

  get globals() {
    return this.#execution.variables.globals;
  }

  get collectionVariables() {
    return this.#execution.variables.collectionVariables;
  }

  get iterationData() {
    return this.#execution.variables.iterationData;
  }

  get request() {
    return this.#once('request', () => {
      const request = new Request(this.#execution.scope.request);
      if (this.#execution.listen === 'prerequest') this.#requestBefore = jsonText(definitionOf(request));
      return request;
    });
  }

  get response() {
    const { response } = this.#execution.scope;
    if (!response && this.#execution.listen !== 'test') return undefined;
    // A request that failed leaves a test script with a response that has nothing, as Postman's sandbox does.
    return this.#once('response', () => new Response(response ?? NO_RESPONSE, 0));
  }

  get cookies() {
    return this.#once('cookies', () => cookieList(this.#execution.scope.cookies));
  }

  get visualizer() {
    return this.#once('visualizer', () => visualizer(this.#execution));
  }

  get execution() {
    return this.#once('execution', () => {
      const execution = this.#execution;
      const { location, current } = execution.scope.info;
      return Object.freeze({
        location: Object.assign(location.slice(), { current }),
        setNextRequest: (name) => {
          execution.nextRequest = name;
        },
        skipRequest: () => {
          // Only where there is still a request to skip.
          if (execution.listen !== 'prerequest') throw new TypeError('pm.execution.skipRequest is not a function');
          execution.skip();
        },
        runRequest,
      });
    });
  }

  // An old name that many scripts use.
  setNextRequest(name) {
    this.#execution.nextRequest = name;
  }

  /** A package of Postman's library or of npm: those that we have ourselves, in the same major version. */
  require(name) {
    return packageOf(String(name));
  }

  get vault() {
    return vault;
  }

  get datasets() {
    return datasets;
  }

  /** The request as it is now if a pre-request script has changed it; not for scripts. */
  changedRequest() {
    if (this.#requestBefore === undefined) return null;
    try {
      const text = jsonText(definitionOf(this.request));
      return text === this.#requestBefore ? null : parse(text);
    } catch (thrown) {
      // The script has left something there that is no request.
      this.#execution.fail(thrown);
      return null;
    }
  }
}
