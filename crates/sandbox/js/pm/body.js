// The body of a request.
import { PropertyList } from './property-list.js';

class Field {
  constructor(definition) {
    Object.assign(this, definition);
  }

  valueOf() {
    return this.value;
  }
}

const FIELDS = {
  key: 'key',
  multiple: true,
  make: (definition) => {
    if (definition instanceof Field) return definition;
    if (typeof definition !== 'string') return new Field(definition);
    const at = definition.indexOf('=');
    return new Field(at < 0 ? { key: definition, value: '' } : { key: definition.slice(0, at), value: definition.slice(at + 1) });
  },
  parse: (text) => text.split('&'),
  print: (members) => members.filter((field) => !field.disabled).map((field) => `${field.key}=${field.value ?? ''}`).join('&'),
};

export class RequestBody {
  constructor(definition) {
    this.update(definition ?? {});
  }

  update(definition) {
    const told = typeof definition === 'string' ? { mode: 'raw', raw: definition } : definition instanceof RequestBody ? definition.toJSON() : definition;
    for (const key of Object.keys(this)) delete this[key];
    Object.assign(this, told);
    for (const mode of ['urlencoded', 'formdata']) {
      if (told[mode] !== undefined) this[mode] = new PropertyList(FIELDS, told[mode]);
    }
    if (!this.mode) this.mode = ['raw', 'urlencoded', 'formdata', 'graphql', 'file'].find((mode) => this[mode] !== undefined);
  }

  isEmpty() {
    const content = this.mode ? this[this.mode] : undefined;
    if (!content) return true;
    if (content instanceof PropertyList) return content.count() === 0;
    if (typeof content === 'object') return Object.keys(content).length === 0;
    return content.length === 0;
  }

  toString() {
    if (this.disabled || this.isEmpty()) return '';
    if (this.mode === 'raw') return String(this.raw);
    if (this.mode === 'urlencoded' || this.mode === 'formdata') return this[this.mode].toString();
    return '';
  }

  toJSON() {
    const told = { ...this };
    for (const mode of ['urlencoded', 'formdata']) {
      if (told[mode] === undefined) continue;
      // A script may have put a plain array or object in the list's place.
      const list = told[mode] instanceof PropertyList ? told[mode] : new PropertyList(FIELDS, told[mode]);
      told[mode] = list.toJSON();
    }
    if (told.mode === 'raw' && told.raw !== undefined && typeof told.raw !== 'string') {
      told.raw = typeof told.raw === 'object' && told.raw !== null ? JSON.stringify(told.raw) : String(told.raw);
    }
    return told;
  }
}
