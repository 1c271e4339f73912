// A URL as Postman's SDK has it: parts that may hold placeholders, which is why no standard parser will do.
import { PropertyList } from './property-list.js';

export class QueryParam {
  constructor(definition) {
    if (typeof definition === 'string') {
      const at = definition.indexOf('=');
      this.key = at < 0 ? definition : definition.slice(0, at);
      this.value = at < 0 ? null : definition.slice(at + 1);
      return;
    }
    Object.assign(this, definition);
    if (!('key' in this)) this.key = undefined;
    if (typeof this.value === 'number' || typeof this.value === 'boolean') this.value = String(this.value);
  }

  valueOf() {
    return typeof this.value === 'string' ? this.value : '';
  }

  toString() {
    const key = typeof this.key === 'string' ? escaped(this.key, /[&#=]/g) : '';
    return typeof this.value === 'string' ? `${key}=${escaped(this.value, /[&#]/g)}` : key;
  }
}

// Percent-encodes what would end a parameter, but not within a placeholder.
function escaped(text, reserved) {
  return text
    .split(/(\{\{[^{}]*\}\})/)
    .map((part, index) => (index % 2 ? part : part.replace(reserved, encodeURIComponent)))
    .join('');
}

const parseQuery = (text) => text.replace(/^\?/, '').split('&');

const QUERY = {
  key: 'key',
  multiple: true,
  make: (definition) => (definition instanceof QueryParam ? definition : new QueryParam(definition)),
  parse: parseQuery,
  print: (members) => members.filter((param) => !param.disabled).map(String).join('&'),
};

class UrlVariable {
  constructor(definition) {
    Object.assign(this, definition);
    this.key = definition.key ?? definition.id;
  }

  valueOf() {
    return this.value;
  }
}

const VARIABLES = {
  key: 'key',
  make: (definition) => (definition instanceof UrlVariable ? definition : new UrlVariable(definition)),
};

export class Url {
  constructor(definition) {
    this.update(definition);
  }

  update(definition) {
    const parts = definition instanceof Url ? definition.toJSON() : definition;
    const known = typeof parts === 'object' && parts !== null ? parts : parseUrl(String(parts ?? ''));
    // An object that has nothing but its raw text, as other programs export them.
    const told = known.raw !== undefined && known.host === undefined && known.path === undefined ? { ...parseUrl(String(known.raw)), ...known } : known;
    this.protocol = told.protocol;
    this.auth = told.auth;
    this.host = typeof told.host === 'string' ? told.host.split(/\.(?![^{]*\}{2})/) : told.host;
    this.port = told.port;
    this.path = typeof told.path === 'string' ? told.path.replace(/^\//, '').split('/') : told.path?.map((part) => (typeof part === 'object' ? String(part?.value ?? '') : part));
    this.hash = told.hash;
    this.query = new PropertyList(QUERY, told.query);
    this.variables = new PropertyList(VARIABLES, told.variable ?? pathVariables(this.path));
  }

  addQueryParams(params) {
    this.query.populate(params);
  }

  removeQueryParams(params) {
    const names = new Set([].concat(params).map((param) => param?.key ?? param));
    this.query.remove((param) => names.has(param.key));
  }

  getHost() {
    return Array.isArray(this.host) ? this.host.join('.') : (this.host ?? '').toString();
  }

  getPath(unresolved) {
    const segments = (this.path ?? []).map((segment) => {
      const name = unresolved ? null : variableOf(segment);
      const value = name && this.variables.get(name);
      return value && typeof value === 'string' ? value + segment.slice(name.length + 1) : segment;
    });
    return `/${segments.join('/')}`;
  }

  getQueryString() {
    return this.query.toString();
  }

  getPathWithQuery() {
    const query = this.getQueryString();
    return this.getPath() + (query ? `?${query}` : '');
  }

  getRemote(forcePort) {
    const port = this.port ? String(this.port) : forcePort ? (this.protocol === 'https' ? '443' : '80') : '';
    return port ? `${this.getHost()}:${port}` : this.getHost();
  }

  toString(forceProtocol) {
    return this.#print(forceProtocol, this.path ? this.getPath() : '');
  }

  #print(forceProtocol, path) {
    const protocol = this.protocol || (forceProtocol ? 'http' : '');
    let text = protocol ? (protocol.endsWith('://') ? protocol : `${protocol}://`) : '';
    if (this.auth && typeof this.auth.user === 'string') {
      text += typeof this.auth.password === 'string' ? `${this.auth.user}:${this.auth.password}@` : `${this.auth.user}@`;
    }
    text += this.getHost();
    if (this.port) text += `:${this.port}`;
    text += path;
    if (this.query.members.some((param) => !param.disabled)) text += `?${this.getQueryString()}`;
    if (typeof this.hash === 'string') text += `#${this.hash}`;
    return text;
  }

  toJSON() {
    return {
      raw: this.#print(false, this.path ? this.getPath(true) : ''),
      protocol: this.protocol,
      auth: this.auth,
      host: this.host,
      port: this.port,
      path: this.path,
      hash: this.hash,
      query: this.query.toJSON(),
      variable: this.variables.toJSON(),
    };
  }
}

// `:name` and `:name.json` in a path name a variable.
function variableOf(segment) {
  const match = /^:([^.]+)/.exec(segment);
  return match ? match[1] : null;
}

function pathVariables(path) {
  const names = new Set((path ?? []).map(variableOf).filter(Boolean));
  return Array.from(names, (key) => ({ key }));
}

function parseUrl(raw) {
  const parts = {};
  // Placeholders may hold any of the letters that end a part, so they stand aside while the text is cut.
  const held = [];
  let rest = raw.trim().replace(/\{\{[^{}]*\}\}/g, (placeholder) => `\u0000${held.push(placeholder) - 1}\u0001`);
  const back = (text) => text.replace(/\u0000(\d+)\u0001/g, (_, index) => held[index]);
  let at = rest.indexOf('#');
  if (at >= 0) {
    parts.hash = back(rest.slice(at + 1));
    rest = rest.slice(0, at);
  }
  at = rest.indexOf('?');
  if (at >= 0) {
    parts.query = rest.slice(at + 1).split('&').map((pair) => new QueryParam(back(pair)));
    rest = rest.slice(0, at);
  }
  const scheme = /^([a-z][a-z0-9+.-]*|(?:\u0000\d+\u0001)):[\\/]{2}/i.exec(rest);
  if (scheme) {
    parts.protocol = back(scheme[1]);
    rest = rest.slice(scheme[0].length);
  }
  at = rest.search(/[\\/]/);
  if (at >= 0) {
    parts.path = rest.slice(at + 1).split('/').map(back);
    rest = rest.slice(0, at);
  }
  at = rest.lastIndexOf('@');
  if (at >= 0) {
    const [user, ...password] = rest.slice(0, at).split(':');
    parts.auth = { user: back(user), password: password.length ? back(password.join(':')) : undefined };
    rest = rest.slice(at + 1);
  }
  const port = /:([^:\]]*)$/.exec(rest);
  if (port) {
    parts.port = back(port[1]);
    rest = rest.slice(0, port.index);
  }
  if (rest) parts.host = rest.startsWith('[') ? [rest] : rest.split('.').map(back);
  return parts;
}
