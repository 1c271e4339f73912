// `pm.request`: what is about to be sent, or was. A pre-request script may change any part of it.
import { RequestAuth, isType } from './auth.js';
import { RequestBody } from './body.js';
import { expect } from './expect.js';
import { HeaderList, headerList } from './header.js';
import { Property, jsonOf } from './property.js';
import { isList } from './property-list.js';
import { Url, isUrl } from './url.js';
import { byteLength } from '../web/text.js';

export class Request extends Property {
  constructor(definition) {
    const told = typeof definition === 'string' ? { url: definition } : (definition ?? {});
    super(told);
    // What the document says beyond what we know stays as it is when it is sent.
    Object.defineProperty(this, 'document', { value: told });
    own(this, 'url', new Url(told.url), (value) => (isUrl(value) ? value : new Url(value)));
    own(this, 'headers', headerList(told.header), (value) => (isList(value) ? value : headerList(value)));
    this.method = methodOf(told.method);
    own(this, 'body', told.body ? new RequestBody(told.body) : undefined, (value) => (!value || value instanceof RequestBody ? value : new RequestBody(value)));
    own(this, 'auth', told.auth ? new RequestAuth(told.auth) : undefined, (value) => (!value || value instanceof RequestAuth ? value : new RequestAuth(value)));
  }

  get to() {
    return expect(this).to;
  }

  get [Symbol.for('chai/inspect')]() {
    // chai counts `to` as well, which is no member of ours.
    return () => `PostmanRequest{ …(${Object.keys(this).length + 1}) }`;
  }

  update(definition) {
    if (!definition) return;
    const told = typeof definition === 'string' ? { url: definition } : definition;
    if ('url' in told) this.url.update(told.url);
    if (told.header) this.headers.repopulate(told.header);
    if ('method' in told) this.method = methodOf(told.method);
    if (told.body) this.body = told.body;
    if (told.auth) this.auth = told.auth;
  }

  addHeader(header) {
    this.headers.add(header);
  }

  upsertHeader(header) {
    if (!header?.key) return;
    const known = this.headers.find({ key: header.key });
    if (known) known.value = header.value;
    else this.headers.add(header);
  }

  removeHeader(header, options) {
    const name = typeof header === 'string' ? header : header?.key;
    if (!name) return;
    const same = options?.ignoreCase ? (key) => key.toLowerCase() === name.toLowerCase() : (key) => key === name;
    this.headers.remove((member) => same(String(member.key)));
  }

  getHeaders(options) {
    const { enabled, ignoreCase, multiValue, sanitizeKeys } = options ?? {};
    return this.headers.toObject(enabled, !ignoreCase, multiValue, sanitizeKeys);
  }

  forEachHeader(callback) {
    for (const header of this.headers.all()) callback(header, this);
  }

  addQueryParams(params) {
    this.url.addQueryParams(params);
  }

  removeQueryParams(params) {
    this.url.removeQueryParams(params);
  }

  authorizeUsing(type, options) {
    if (type === null) {
      this.auth = undefined;
      return;
    }
    const told = typeof type === 'object' && (options === undefined || options === null) ? type : { ...options, type };
    if (!isType(told.type)) return;
    if (this.auth) this.auth.clear(told.type);
    else this.auth = new RequestAuth();
    const { type: name, ...params } = told;
    this.auth.use(name, Array.isArray(options) ? options : params);
  }

  clone() {
    return new Request(JSON.parse(JSON.stringify(this)));
  }

  size() {
    const told = this.headers.get('content-length');
    const known = told !== undefined && told !== '' && Number.isFinite(Number(told));
    const body = known ? Number.parseInt(told, 10) : this.body ? byteLength(this.body.toString()) : 0;
    const header = `${this.method} ${this.url.getPathWithQuery()} HTTP/X.X\r\n\r\n`.length + this.headers.contentSize();
    return { body, header, total: body + header, source: known ? 'CONTENT-LENGTH' : 'COMPUTED' };
  }

  toJSON() {
    const told = jsonOf(this);
    if (told.header?.length === 0) delete told.header;
    return told;
  }
}
Request._postman_propertyName = 'Request';
Object.defineProperty(Request, 'name', { value: 'PostmanRequest' });

const methodOf = (method) => (method === undefined || method === null ? 'GET' : String(method).toUpperCase());

// A member that remains what it is whatever a script puts there: a text becomes a URL, an object a body.
function own(request, name, first, make) {
  const put = (value) => {
    Object.defineProperty(request, name, {
      get: () => value,
      set: (it) => put(make(it)),
      // What is not there is not seen.
      enumerable: value !== undefined,
      configurable: true,
    });
  };
  put(first);
}

/** A request as it is to be sent, in the words of a document. */
export function definitionOf(request) {
  return {
    ...request.document,
    method: request.method,
    url: request.url.definition(),
    header: request.headers.toJSON().map((header) => ({ ...header, value: header.value === undefined ? '' : String(header.value) })),
    body: request.body?.definition(),
    auth: request.auth?.toJSON(),
    description: request.document.description,
  };
}
