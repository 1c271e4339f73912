// Headers and the list of them.
import { PropertyList } from './property-list.js';

export class Header {
  constructor(definition, value) {
    if (typeof definition === 'string') {
      const at = definition.indexOf(':');
      this.key = (at < 0 ? definition : definition.slice(0, at)).trim();
      this.value = value !== undefined ? String(value) : at < 0 ? '' : definition.slice(at + 1).trim();
      return;
    }
    Object.assign(this, definition);
    this.key = definition.key ?? definition.name ?? '';
    this.value = definition.value ?? '';
    // What goes over the wire is text; scripts often set numbers.
    if (typeof this.value !== 'string') this.value = String(this.value);
  }

  valueOf() {
    return this.value;
  }

  toString() {
    return `${this.key}: ${this.value}`;
  }
}

const HEADERS = {
  key: 'key',
  caseless: true,
  multiple: true,
  make: (definition) => (definition instanceof Header ? definition : new Header(definition)),
  parse: (text) => text.split(/\r?\n/).filter((line) => line.trim() !== ''),
  print: (members) => members.filter((header) => !header.disabled).map((header) => `${header}\r\n`).join(''),
};

export const headerList = (definition) => new PropertyList(HEADERS, definition);
