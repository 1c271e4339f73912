// `URL` and `URLSearchParams` of the WHATWG standard; parsing and setting are done by Rust's `url`.
import { host } from '../host.js';
import { parse } from '../json.js';

const PARTS = ['protocol', 'username', 'password', 'host', 'hostname', 'port', 'pathname', 'search', 'hash'];

function partsOf(url, base) {
  return host.parseUrl(String(url).toWellFormed(), base === undefined ? undefined : String(base).toWellFormed());
}

export class PosternURL {
  #parts;
  #params = null;

  constructor(url, base) {
    const found = partsOf(url, base);
    if (found === undefined) throw new TypeError(`Invalid URL: ${url}`);
    this.#parts = parse(found);
  }

  static canParse(url, base) {
    return partsOf(url, base) !== undefined;
  }

  static {
    Object.defineProperty(this, 'name', { value: 'URL' });
    for (const part of PARTS) {
      Object.defineProperty(this.prototype, part, {
        get() {
          return this.#parts[part];
        },
        set(value) {
          this.#set(part, String(value));
          if (part === 'search' && this.#params) this.#params._reset(this.#parts.search);
        },
        enumerable: true,
        configurable: true,
      });
    }
  }

  #set(part, value) {
    const parts = host.setUrl(this.#parts.href, part, value.toWellFormed());
    if (parts !== undefined) this.#parts = parse(parts);
  }

  get origin() {
    return this.#parts.origin;
  }

  get href() {
    return this.#parts.href;
  }

  set href(value) {
    this.#parts = new PosternURL(value).#parts;
    if (this.#params) this.#params._reset(this.#parts.search);
  }

  get searchParams() {
    if (!this.#params) {
      this.#params = new PosternURLSearchParams(this.#parts.search);
      this.#params._onChange = (text) => this.#set('search', text);
    }
    return this.#params;
  }

  toString() {
    return this.#parts.href;
  }

  toJSON() {
    return this.#parts.href;
  }
}

export class PosternURLSearchParams {
  #pairs = [];

  static {
    Object.defineProperty(this, 'name', { value: 'URLSearchParams' });
  }

  constructor(init = '') {
    Object.defineProperty(this, '_onChange', { value: null, writable: true });
    if (typeof init === 'object' && init !== null) {
      const entries = typeof init[Symbol.iterator] === 'function' ? Array.from(init) : Object.entries(init);
      this.#pairs = entries.map(([key, value]) => [String(key), String(value)]);
    } else {
      this._reset(String(init));
    }
  }

  _reset(search) {
    this.#pairs = search
      .replace(/^\?/, '')
      .split('&')
      .filter((pair) => pair !== '')
      .map((pair) => {
        const at = pair.indexOf('=');
        return at < 0 ? [decode(pair), ''] : [decode(pair.slice(0, at)), decode(pair.slice(at + 1))];
      });
  }

  #changed() {
    if (this._onChange) this._onChange(this.toString());
  }

  get size() {
    return this.#pairs.length;
  }

  append(key, value) {
    this.#pairs.push([String(key), String(value)]);
    this.#changed();
  }

  delete(key, value) {
    this.#pairs = this.#pairs.filter(([name, it]) => name !== String(key) || (value !== undefined && it !== String(value)));
    this.#changed();
  }

  get(key) {
    const pair = this.#pairs.find(([name]) => name === String(key));
    return pair ? pair[1] : null;
  }

  getAll(key) {
    return this.#pairs.filter(([name]) => name === String(key)).map(([, value]) => value);
  }

  has(key, value) {
    return this.#pairs.some(([name, it]) => name === String(key) && (value === undefined || it === String(value)));
  }

  set(key, value) {
    const at = this.#pairs.findIndex(([name]) => name === String(key));
    if (at < 0) this.#pairs.push([String(key), String(value)]);
    else {
      this.#pairs[at][1] = String(value);
      this.#pairs = this.#pairs.filter(([name], index) => index === at || name !== String(key));
    }
    this.#changed();
  }

  sort() {
    this.#pairs.sort(([a], [b]) => (a < b ? -1 : a > b ? 1 : 0));
    this.#changed();
  }

  forEach(callback, self) {
    for (const [key, value] of this.#pairs) callback.call(self, value, key, this);
  }

  *entries() {
    for (const [key, value] of this.#pairs) yield [key, value];
  }

  *keys() {
    for (const [key] of this.#pairs) yield key;
  }

  *values() {
    for (const [, value] of this.#pairs) yield value;
  }

  [Symbol.iterator]() {
    return this.entries();
  }

  toString() {
    return this.#pairs.map(([key, value]) => `${encode(key)}=${encode(value)}`).join('&');
  }
}

function decode(text) {
  const spaced = text.replace(/\+/g, ' ');
  try {
    return decodeURIComponent(spaced);
  } catch {
    return spaced;
  }
}

function encode(text) {
  return encodeURIComponent(text)
    .replace(/[!'()~]/g, (letter) => `%${letter.charCodeAt(0).toString(16).toUpperCase()}`)
    .replace(/%20/g, '+');
}
