// The body of a request.
import { Property, jsonOf } from './property.js';
import { PropertyList, isList } from './property-list.js';
import { QueryParam, queryList } from './query.js';

class FormParam extends Property {
  constructor(definition = {}) {
    super(definition);
    this.update(definition);
  }

  update(definition) {
    this.key = definition.key || '';
    this.value = definition.value || '';
    for (const name of ['type', 'src', 'contentType', 'fileName']) this[name] = definition[name];
    if (definition.disabled !== undefined) this.disabled = definition.disabled;
  }

  valueOf() {
    return this.value;
  }

  toString() {
    return `${this.key}=${this.value}`;
  }

  toJSON() {
    const told = jsonOf(this);
    if (told.type === 'file' && (typeof told.value !== 'string' || !told.value)) delete told.value;
    return told;
  }
}
FormParam._postman_propertyName = 'FormParam';

const FORM = {
  key: 'key',
  multiple: true,
  Type: FormParam,
  make: (definition) => (definition instanceof FormParam ? definition : new FormParam(typeof definition === 'string' ? new QueryParam(definition) : definition)),
};

const LISTS = { urlencoded: queryList, formdata: (definition) => new PropertyList(FORM, definition) };
const EMPTY = { raw: '', urlencoded: [], formdata: [], graphql: {} };
const MODES = ['raw', 'urlencoded', 'formdata', 'graphql', 'file'];

export class RequestBody {
  constructor(definition) {
    if (definition) this.update(definition);
  }

  update(definition) {
    const told = typeof definition === 'string' ? { mode: 'raw', raw: definition } : definition instanceof RequestBody ? definition.toJSON() : definition;
    // An own addition: Postman ignores what says no mode.
    const mode = told.mode ? String(told.mode).toLowerCase() : MODES.find((name) => told[name] !== undefined);
    if (!mode) return;
    this.mode = MODES.includes(mode) ? mode : 'raw';
    for (const name of MODES) {
      const content = told[name] || (name === this.mode ? EMPTY[name] : undefined);
      if (content === undefined) this[name] = content;
      else if (LISTS[name]) this[name] = LISTS[name](content);
      else this[name] = name === 'file' && typeof content === 'string' ? { src: content } : content;
    }
    this.options = typeof told.options === 'object' && told.options !== null ? told.options : undefined;
    this.disabled = told.disabled;
  }

  isEmpty() {
    const content = this.mode ? this[this.mode] : undefined;
    if (!content) return true;
    if (this.mode === 'file') return !(content.src || content.content);
    if (typeof content === 'string') return content.length === 0;
    if (typeof content.count === 'function') return content.count() === 0;
    return Object.keys(content).length === 0;
  }

  toString() {
    if (this.mode === 'raw') return this.raw ? String(this.raw) : '';
    if (this.mode === 'urlencoded') return this.urlencoded ? String(this.urlencoded) : '';
    return '';
  }

  toJSON() {
    const told = jsonOf(this);
    if (told.file?.content && typeof told.file.content !== 'string') delete told.file.content;
    return told;
  }

  /** As it is to be sent: a script may have put something else in a list's or a text's place. */
  definition() {
    const told = this.toJSON();
    for (const name of Object.keys(LISTS)) {
      if (this[name] && !isList(this[name])) told[name] = LISTS[name](this[name]).toJSON();
    }
    if (told.mode === 'raw' && told.raw !== undefined && typeof told.raw !== 'string') {
      told.raw = typeof told.raw === 'object' && told.raw !== null ? JSON.stringify(told.raw) : String(told.raw);
    }
    return told;
  }
}
RequestBody._postman_propertyName = 'RequestBody';
