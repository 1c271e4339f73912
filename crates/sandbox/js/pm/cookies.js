// `pm.cookies`: the cookies that went with the request, and the jar they come from.
import { current } from '../host.js';
import { PropertyList } from './property-list.js';
import { Url } from './url.js';

export class Cookie {
  constructor(definition) {
    Object.assign(this, typeof definition === 'string' ? parseCookie(definition) : definition);
    if (this.name === undefined) this.name = definition.key;
  }

  valueOf() {
    try {
      return decodeURIComponent(this.value);
    } catch {
      return this.value;
    }
  }

  toString() {
    return this.name ? `${this.name}=${this.value ?? ''}` : String(this.value ?? '');
  }
}

const ATTRIBUTES = {
  expires: (cookie, value) => (cookie.expires = value),
  'max-age': (cookie, value) => (cookie.maxAge = value),
  domain: (cookie, value) => (cookie.domain = value),
  path: (cookie, value) => (cookie.path = value),
  secure: (cookie) => (cookie.secure = true),
  httponly: (cookie) => (cookie.httpOnly = true),
  samesite: (cookie, value) => (cookie.sameSite = value),
};

function parseCookie(text) {
  const [first, ...attributes] = text.split(';');
  const cut = (pair) => {
    const at = pair.indexOf('=');
    return at < 0 ? [pair.trim(), ''] : [pair.slice(0, at).trim(), pair.slice(at + 1).trim()];
  };
  const [name, value] = cut(first);
  const cookie = { name, value };
  for (const attribute of attributes) {
    const [key, told] = cut(attribute);
    const known = key.toLowerCase();
    if (Object.hasOwn(ATTRIBUTES, known)) ATTRIBUTES[known](cookie, told);
  }
  return cookie;
}

const COOKIES = {
  key: 'name',
  caseless: true,
  multiple: true,
  make: (definition) => (definition instanceof Cookie ? definition : new Cookie(definition)),
  print: (members) => members.map(String).join('; '),
};

class CookieList extends PropertyList {
  jar() {
    return new CookieJar();
  }
}

export const cookieList = (cookies) => new CookieList(COOKIES, cookies ?? []);

class CookieJar {
  get(url, name, callback) {
    isCallback('get', callback);
    text(name, 'get() requires cookie name');
    return deliver(
      ask('get', url, 'getAll').then((cookies) => find(cookies, name)?.valueOf() ?? null),
      callback,
    );
  }

  getAll(url, options, callback) {
    const then = typeof options === 'function' ? options : callback;
    isCallback('getAll', then);
    return deliver(ask('getAll', url, 'getAll').then(cookieList), then);
  }

  set(url, name, value, callback) {
    const then = typeof value === 'function' ? value : callback;
    const told = typeof value === 'function' ? undefined : value;
    if (!name) throw new TypeError('CookieJar.set() requires a valid set cookie arguments');
    const cookie = typeof name === 'string' && told !== undefined && told !== null ? new Cookie({ name, value: String(told) }) : new Cookie(name);
    return deliver(
      ask('set', url, { set: wire(cookie) }).then((cookies) => (cookies[0] ? new Cookie(cookies[0]) : cookie)),
      then,
    );
  }

  unset(url, name, callback) {
    text(name, 'unset() requires cookie name');
    return deliver(
      ask('unset', url, { unset: name }).then(() => undefined),
      callback,
    );
  }

  clear(url, callback) {
    return deliver(
      ask('clear', url, 'clear').then(() => undefined),
      callback,
    );
  }
}

function isCallback(method, callback) {
  if (callback !== undefined && typeof callback !== 'function') throw new TypeError(`CookieJar.${method}() requires a callback function`);
}

function text(name, what) {
  if (typeof name !== 'string') throw new TypeError(`CookieJar.${what} to be a string`);
}

function ask(method, url, verb) {
  const known = url instanceof Url ? url.toString(true) : url;
  if (!known || typeof known !== 'string') throw new TypeError(`CookieJar.${method}() requires a valid url`);
  const absolute = /^[a-z][a-z0-9+.-]*:\/\//i.test(known) ? known : `http://${known}`;
  return current.calls.ask({ cookies: { url: absolute, do: verb } });
}

const deliver = (promise, callback) => current.calls.deliver(promise, callback);

const find = (cookies, name) => cookies.map((cookie) => new Cookie(cookie)).find((cookie) => cookie.name === name);

// A cookie as Rust reads it: the right types, whatever the script wrote.
function wire(cookie) {
  const optional = (value) => (value === undefined || value === null ? undefined : String(value));
  const maxAge = Number.parseInt(cookie.maxAge, 10);
  return {
    name: String(cookie.name ?? ''),
    value: String(cookie.value ?? ''),
    domain: String(cookie.domain ?? ''),
    path: String(cookie.path ?? ''),
    expires: cookie.expires instanceof Date ? cookie.expires.toUTCString() : optional(cookie.expires),
    maxAge: Number.isSafeInteger(maxAge) ? maxAge : undefined,
    secure: Boolean(cookie.secure),
    httpOnly: Boolean(cookie.httpOnly),
    hostOnly: Boolean(cookie.hostOnly),
    sameSite: optional(cookie.sameSite),
  };
}
