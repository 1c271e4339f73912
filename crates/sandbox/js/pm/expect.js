// `pm.expect` and `pm.response.to`: the real chai with Postman's own plugin, loaded at the first assertion.
import { libraryRequire, loadBundle } from '../libraries.js';
import { Request } from './request.js';
import { Response } from './response.js';

let chai = null;

/** chai 4 with the assertions about requests and responses. */
export function loadChai() {
  if (!chai) {
    chai = loadBundle('chai');
    chai.use(loadBundle('chai-postman')(SDK, lodash, Ajv));
  }
  return chai;
}

export const expect = (...values) => loadChai().expect(...values);

// The plugin wants three libraries, but few of its assertions use them.
const SDK = {
  Request: { isRequest: (it) => it instanceof Request || it?.constructor?._postman_propertyName === 'Request' },
  Response: { isResponse: (it) => it instanceof Response || it?.constructor?._postman_propertyName === 'Response' },
};

function Ajv(options) {
  const RealAjv = libraryRequire('ajv');
  return new RealAjv(options);
}

const lodash = {
  forOwn(object, callback) {
    for (const key of Object.keys(object)) callback(object[key], key);
  },
  isNumber: (it) => typeof it === 'number' || it instanceof Number,
  isString: (it) => typeof it === 'string' || it instanceof String,
  isPlainObject: (it) => libraryRequire('lodash').isPlainObject(it),
  isEqual: (a, b) => libraryRequire('lodash').isEqual(a, b),
  has: (object, path) => libraryRequire('lodash').has(object, path),
  get: (object, path) => libraryRequire('lodash').get(object, path),
};
