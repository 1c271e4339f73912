// `pm.response`, and the responses of `pm.sendRequest`. The body stays outside until it is asked for.
import { current, host } from '../host.js';
import { parseJson } from '../parse-json.js';
import { libraryRequire, loadBundle } from '../libraries.js';
import { crypto } from '../web/crypto.js';
import { contentInfo } from './content-info.js';
import { cookieList } from './cookies.js';
import { expect } from './expect.js';
import { headerList } from './header.js';
import { REASONS } from './reasons.js';

const BYTE_ORDER_MARK = 0xfeff;
const UTF8 = /^utf-?8$/i;

/** What there is of a response that has not come. */
export const NO_RESPONSE = { headers: [], cookies: [] };

export class Response {
  #script = current.number;
  #number;
  #told;
  #text;

  /** @param number 0 for `pm.response`, otherwise that of the call which brought it */
  constructor(definition, number) {
    this.#number = number;
    this.status = definition.status || REASONS[definition.code] || undefined;
    if (definition.code !== undefined) this.code = definition.code;
    this.#told = definition;
    this.responseTime = definition.responseTimeMs;
    this.responseSize = definition.size;
  }

  // The lists are made when they are first looked at.
  get headers() {
    return own(this, 'headers', headerList(this.#told.headers));
  }

  set headers(value) {
    own(this, 'headers', value);
  }

  get cookies() {
    return own(this, 'cookies', cookieList(this.#told.cookies));
  }

  set cookies(value) {
    own(this, 'cookies', value);
  }

  get id() {
    const id = crypto.randomUUID();
    Object.defineProperty(this, 'id', { value: id });
    return id;
  }

  get [Symbol.for('chai/inspect')]() {
    // Only that of the request has `to` there, which chai counts.
    return () => `PostmanResponse{ …(${this.code === undefined ? 5 : this.#number === 0 ? 10 : 9}) }`;
  }

  get to() {
    return expect(this).to;
  }

  get stream() {
    return libraryRequire('buffer').Buffer.from(this.#body('body'));
  }

  // The body from outside; it is there for as long as the script that got the response.
  #body(as) {
    const body = host[as](this.#script, this.#number);
    if (body === undefined) throw new Error('the body of this response is gone: the script that got it is over');
    return body;
  }

  reason() {
    return this.status || REASONS[this.code];
  }

  details() {
    const known = loadBundle('http-reasons').lookup(this.code);
    const told = { ...known, code: this.code };
    if (known.name !== undefined) Object.assign(told, { name: this.status || known.name, standardName: known.name });
    else if (this.status) told.name = this.status;
    return told;
  }

  text() {
    // There was none.
    if (this.code === undefined) return undefined;
    if (this.#text === undefined) {
      const charset = charsetOf(this.headers.get('content-type'));
      const iconv = UTF8.test(charset) ? null : loadBundle('iconv-lite');
      const text = iconv?.encodingExists(charset) ? iconv.decode(this.stream, charset) : this.#body('text');
      this.#text = text.charCodeAt(0) === BYTE_ORDER_MARK ? text.slice(1) : text;
    }
    return this.#text;
  }

  json(reviver, strict) {
    return parseJson(this.text(), reviver, strict);
  }

  jsonp(reviver, strict) {
    return parseJson(String(this.text()).replace(/^[^{(].*\(/, '').replace(/\)[^}].*$|\)$/, ''), reviver, strict);
  }

  contentInfo() {
    return contentInfo(this);
  }

  mime() {
    throw new Error('`Response#mime` has been discontinued, use `Response#contentInfo` instead.');
  }

  dataURI() {
    return `data:${this.contentInfo().contentType};base64, ${this.stream.toString('base64')}`;
  }

  size() {
    const told = this.headers.get('content-length');
    const body = told && /^\d+$/.test(told) ? Number(told) : this.responseSize;
    const header = `HTTP/X.X ${this.code} ${this.reason()}\r\n\r\n`.length + this.headers.contentSize();
    return { body, header, total: body + header };
  }

  encoding() {
    const format = this.headers.get('content-encoding');
    return { format, source: format ? 'header' : undefined };
  }

  toJSON() {
    const { id, status, code, stream, responseTime, responseSize } = this;
    return { id, status, code, header: this.headers.toJSON(), stream, cookie: this.cookies.toJSON(), responseTime, responseSize };
  }
}
Response._postman_propertyName = 'Response';
Object.defineProperty(Response, 'name', { value: 'PostmanResponse' });

function own(response, name, value) {
  Object.defineProperty(response, name, { value, writable: true, enumerable: true, configurable: true });
  return value;
}

function charsetOf(contentType) {
  return /;\s*charset\s*=\s*"?([^";\s]+)/i.exec(contentType ?? '')?.[1] ?? 'utf8';
}
