// Headers and the list of them.
import { PropertyList } from './property-list.js';
import { Property } from './property.js';

export class Header extends Property {
  constructor(definition, name) {
    const told = typeof definition !== 'string' ? definition : typeof name === 'string' ? { key: name, value: definition } : parseHeader(definition);
    super(told);
    this.update(told);
  }

  update(definition) {
    this.key = definition?.key || '';
    this.value = definition?.value === undefined ? '' : definition.value;
    if (definition?.system !== undefined) this.system = definition.system;
    if (definition?.disabled !== undefined) this.disabled = definition.disabled;
  }

  valueOf() {
    return this.value;
  }

  toString() {
    return `${this.key}: ${this.value}`;
  }
}
Header._postman_propertyName = 'Header';

function parseHeader(line) {
  const at = line.indexOf(':');
  return { key: (at < 0 ? line : line.slice(0, at)).trim(), value: at < 0 ? '' : line.slice(at + 1).trim() };
}

function parseHeaders(text) {
  // A line that begins with a space goes on with the one before.
  const lines = text.replace(/\r\n([ \t])/g, '$1').split(/\r?\n/);
  return lines.filter((line) => /^\S+:/.test(line)).map(parseHeader);
}

const HEADERS = {
  key: 'key',
  caseless: true,
  multiple: true,
  Type: Header,
  make: (definition, ...rest) => (definition instanceof Header ? definition : new Header(definition, ...rest)),
  // A plain object is names and values, whatever the names.
  byName: true,
  parse: parseHeaders,
  print: (members) => members.filter((header) => !header.disabled).map((header) => `${header}\r\n`).join(''),
};

export class HeaderList extends PropertyList {
  constructor(definition) {
    super(HEADERS, definition);
  }

  /** The bytes that the members take as lines. */
  contentSize() {
    return this.toString().length;
  }
}
HeaderList._postman_propertyName = 'HeaderList';
// By this the library `postman-collection` knows what is derived from what.
HeaderList.super_ = PropertyList;

export const headerList = (definition) => new HeaderList(definition);
