// A URL as Postman's SDK has it: parts that may hold placeholders, which is why no standard parser will do.
import { jsonOf } from './property.js';
import { isList } from './property-list.js';
import { QueryParam, queryList } from './query.js';
import { VariableList } from './variable.js';

export class Url {
  constructor(definition) {
    this.update(definition);
  }

  update(definition) {
    const parts = isUrl(definition) ? definition.toJSON() : definition;
    const known = typeof parts === 'object' && parts !== null ? parts : parseUrl(String(parts ?? ''));
    // An object that has nothing but its raw text, as other programs export them.
    const told = known.raw !== undefined && known.host === undefined && known.path === undefined ? { ...parseUrl(String(known.raw)), ...known } : known;
    this.auth = told.auth;
    this.protocol = told.protocol;
    this.port = told.port;
    this.path = typeof told.path === 'string' ? segmentsOf(told.path) : told.path?.map((part) => (typeof part === 'object' ? String(part?.value ?? '') : part));
    this.hash = told.hash;
    this.host = typeof told.host === 'string' ? told.host.split(/\.(?![^{]*\}{2})/) : told.host;
    this.query = queryList(told.query);
    this.variables = new VariableList(pathVariables(told.variable ?? this.path));
  }

  addQueryParams(params) {
    this.query.populate(params);
  }

  removeQueryParams(params) {
    const names = Array.isArray(params) ? params.map((param) => param?.key || param) : [params];
    this.query.remove((param) => names.includes(param.key));
  }

  getHost() {
    return Array.isArray(this.host) ? this.host.join('.') : (this.host ?? '').toString();
  }

  getPath(unresolved) {
    const path = (typeof this.path === 'string' ? segmentsOf(this.path) : this.path) ?? [];
    const segments = path.map((segment) => {
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

  getRaw() {
    throw new Error('`Url#getRaw` has been discontinued, use `Url#toString` instead.');
  }

  getOAuth1BaseUrl() {
    const protocol = this.protocol || 'http';
    const port = this.port ? String(this.port) : '';
    const host = this.getHost() + (port && port !== '80' && port !== '443' ? `:${port}` : '');
    return `${protocol.endsWith('://') ? protocol : `${protocol}://`}`.toLowerCase() + host.toLowerCase() + this.getPath();
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
    if (this.port !== undefined && this.port !== null) text += `:${this.port}`;
    text += path;
    if (this.query.members.some((param) => !param.disabled)) text += `?${this.getQueryString()}`;
    if (typeof this.hash === 'string') text += `#${this.hash}`;
    return text;
  }

  toJSON() {
    return jsonOf(this);
  }

  /** As it is to be sent: with the text too, whose path keeps its variables. */
  definition() {
    const told = { raw: this.#print(false, this.path ? this.getPath(true) : ''), ...this.toJSON() };
    // A script may have put plain things in the lists' place.
    if (!isList(this.query)) told.query = queryList(this.query).toJSON();
    if (!isList(this.variables)) told.variable = new VariableList(this.variables).toJSON();
    // One without a value stays in the path as it stands.
    told.variable = told.variable.filter((variable) => variable.value !== undefined);
    return told;
  }
}
Url._postman_propertyName = 'Url';

/** Whether it is a URL of ours, or of the library `postman-collection`. */
export const isUrl = (it) => it instanceof Url || it?.constructor?._postman_propertyName === 'Url';

// `:name` and `:name.json` in a path name a variable.
function variableOf(segment) {
  const match = /^:([^.]+)/.exec(String(segment));
  return match ? match[1] : null;
}

// The variables that a document tells, or those that are named by the path.
function pathVariables(told) {
  const names = told ?? [];
  if (!Array.isArray(names)) return names;
  if (names.some((it) => typeof it === 'object')) return names.map((it) => ({ ...it, key: it.key || it.id }));
  return Array.from(new Set(names.map(variableOf).filter(Boolean)), (key) => ({ key }));
}

function segmentsOf(path) {
  return path ? path.replace(/^\//, '').split('/') : undefined;
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
