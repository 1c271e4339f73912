// `pm.request`: what is about to be sent, or was. A pre-request script may change any part of it.
import { RequestBody } from './body.js';
import { expect } from './expect.js';
import { headerList } from './header.js';
import { PropertyList } from './property-list.js';
import { Url } from './url.js';

export class Request {
  #definition;
  #url;
  #body;
  #headers;

  constructor(definition) {
    const told = typeof definition === 'string' ? { url: definition } : (definition ?? {});
    this.#definition = told;
    this.method = told.method === undefined || told.method === null ? 'GET' : String(told.method).toUpperCase();
    this.#headers = headerList(told.header);
    this.#url = new Url(told.url);
    this.#body = told.body ? new RequestBody(told.body) : undefined;
    this.auth = told.auth ?? undefined;
    if (told.description !== undefined) this.description = told.description;
  }

  get url() {
    return this.#url;
  }

  set url(value) {
    this.#url = value instanceof Url ? value : new Url(value);
  }

  get headers() {
    return this.#headers;
  }

  set headers(value) {
    this.#headers = value instanceof PropertyList ? value : headerList(value);
  }

  get body() {
    return this.#body;
  }

  set body(value) {
    this.#body = value === undefined || value === null || value instanceof RequestBody ? (value ?? undefined) : new RequestBody(value);
  }

  get to() {
    return expect(this).to;
  }

  get id() {
    return this.#definition.id;
  }

  update(definition) {
    if (!definition) return;
    const told = typeof definition === 'string' ? { url: definition } : definition;
    if ('url' in told) this.#url.update(told.url);
    if (told.header) this.#headers.repopulate(told.header);
    if ('method' in told) this.method = told.method ? String(told.method).toUpperCase() : 'GET';
    if (told.body) this.body = told.body;
    if (told.auth) this.auth = told.auth;
  }

  addHeader(header, value) {
    this.#headers.add(typeof header === 'string' && value !== undefined ? { key: header, value } : header);
  }

  upsertHeader(header) {
    this.#headers.upsert(header);
  }

  removeHeader(header, options) {
    const name = typeof header === 'string' ? header : header?.key;
    if (!name) return;
    const same = options?.ignoreCase ? (key) => key.toLowerCase() === name.toLowerCase() : (key) => key === name;
    this.#headers.remove((member) => same(String(member.key)));
  }

  getHeaders(options = {}) {
    return this.#headers.toObject(options.enabled, !options.ignoreCase, options.multiValue, options.sanitizeKeys);
  }

  forEachHeader(callback) {
    for (const header of this.#headers.all()) callback(header, this);
  }

  addQueryParams(params) {
    this.#url.addQueryParams(params);
  }

  removeQueryParams(params) {
    this.#url.removeQueryParams(params);
  }

  authorizeUsing(type, options) {
    if (type === null) {
      this.auth = undefined;
      return;
    }
    const { type: name, ...rest } = typeof type === 'object' ? type : { type, ...options };
    const params = Array.isArray(options) ? options : Object.entries(rest).map(([key, value]) => ({ key, value, type: 'any' }));
    this.auth = { type: name, [name]: params };
  }

  clone() {
    return new Request(JSON.parse(JSON.stringify(this)));
  }

  size() {
    const body = this.#body ? this.#body.toString().length : 0;
    const header = `${this.method} ${this.#url.getPathWithQuery()} HTTP/X.X\r\n\r\n`.length + this.#headers.contentSize();
    return { body, header, total: body + header };
  }

  toJSON() {
    // What the document says beyond what we know stays as it is.
    return {
      ...this.#definition,
      method: this.method,
      url: this.#url.toJSON(),
      header: this.#headers.toJSON(),
      body: this.#body?.toJSON(),
      auth: this.auth ?? undefined,
      description: this.description,
    };
  }
}
