// `pm.response`, and the responses of `pm.sendRequest`. The body stays outside until it is asked for.
import { current, host } from '../host.js';
import { parse } from '../json.js';
import { libraryRequire } from '../libraries.js';
import { cookieList } from './cookies.js';
import { expect } from './expect.js';
import { headerList } from './header.js';
import { REASONS } from './reasons.js';

const ONE_BYTE = /^(iso-?8859-1|latin-?1|windows-1252|us-ascii|ascii)$/i;

export class Response {
  #script = current.number;
  #number;
  #text;

  /** @param number 0 for `pm.response`, otherwise that of the call which brought it */
  constructor(definition, number) {
    this.#number = number;
    this.code = definition.code;
    this.status = definition.status || REASONS[definition.code] || '';
    this.headers = headerList(definition.headers);
    this.cookies = cookieList(definition.cookies);
    this.responseTime = definition.responseTimeMs;
    this.responseSize = definition.size;
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
    return this.status || REASONS[this.code] || '';
  }

  details() {
    return { name: this.reason(), code: this.code, standardName: REASONS[this.code] ?? '' };
  }

  text() {
    if (this.#text === undefined) {
      this.#text = ONE_BYTE.test(this.contentInfo().charset) ? oneByteText(this.#body('body')) : this.#body('text');
    }
    return this.#text;
  }

  json(reviver, strict) {
    return parseJson(this.text(), reviver, strict);
  }

  jsonp(reviver, strict) {
    return parseJson(this.text().replace(/^[^{(].*\(/, '').replace(/\)[^}].*$|\)$/, ''), reviver, strict);
  }

  contentInfo() {
    const header = this.headers.get('content-type') ?? '';
    const [type, ...params] = header.split(';').map((part) => part.trim());
    const contentType = type.toLowerCase() || 'text/plain';
    const charset = params.map((param) => /^charset="?([^"]*)"?$/i.exec(param)).find(Boolean);
    const [family, subtype = ''] = contentType.split('/');
    const format = /(json|xml|html|javascript|css|csv|plain|pdf|png|jpeg|gif|svg)/.exec(subtype)?.[1] ?? 'raw';
    const textual = family === 'text' || /json|xml|javascript/.test(subtype);
    const extension = { plain: 'txt', javascript: 'js', jpeg: 'jpg', raw: 'bin' }[format] ?? format;
    return {
      charset: charset ? charset[1] : 'utf8',
      contentType: header || contentType,
      mimeType: textual ? 'text' : family === 'image' || family === 'audio' || family === 'video' ? family : 'embed',
      mimeFormat: format,
      fileExtension: extension,
      fileName: `response.${extension}`,
    };
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
    return { format, source: format ? 'HEADER' : undefined };
  }

  toJSON() {
    const { code, status, responseTime, responseSize } = this;
    return { code, status, header: this.headers.toJSON(), cookie: this.cookies.toJSON(), responseTime, responseSize };
  }
}

function oneByteText(buffer) {
  const bytes = new Uint8Array(buffer);
  const parts = [];
  for (let at = 0; at < bytes.length; at += 4096) parts.push(String.fromCharCode(...bytes.subarray(at, at + 4096)));
  return parts.join('');
}

// JSON as the engine reads it; only for what it can't read is Postman's own parser loaded, which forgives
// a little more and says where the fault is.
function parseJson(text, reviver, strict) {
  const bare = text.charCodeAt(0) === 0xfeff ? text.slice(1) : text;
  try {
    return parse(bare, reviver);
  } catch {
    return libraryRequire('liquid-json').parse(text, reviver, strict);
  }
}
