// Query parameters, which are the fields of a url-encoded form too.
import { Property } from './property.js';
import { PropertyList } from './property-list.js';

export class QueryParam extends Property {
  constructor(definition) {
    super(definition);
    this.update(definition);
  }

  update(definition) {
    const told = typeof definition === 'string' ? parseParam(definition) : definition;
    this.key = told?.key;
    // Scripts often put numbers there; Postman would send the bare name.
    const value = told?.value;
    this.value = typeof value === 'number' || typeof value === 'boolean' ? String(value) : value;
    if (told?.system !== undefined) this.system = told.system;
  }

  valueOf() {
    return typeof this.value === 'string' ? this.value : '';
  }

  toString() {
    return printParam(this);
  }
}
QueryParam._postman_propertyName = 'QueryParam';

export function parseParam(text) {
  const at = text.indexOf('=');
  return at < 0 ? { key: text, value: null } : { key: text.slice(0, at), value: text.slice(at + 1) };
}

function printParam({ key, value }) {
  const name = typeof key === 'string' ? escaped(key, /[&#=]/g) : '';
  return typeof value === 'string' ? `${name}=${escaped(value, /[&#]/g)}` : name;
}

// Percent-encodes what would end a parameter, but not within a placeholder.
function escaped(text, reserved) {
  return text
    .split(/(\{\{[^{}]*\}\})/)
    .map((part, index) => (index % 2 ? part : part.replace(reserved, encodeURIComponent)))
    .join('');
}

const QUERY = {
  key: 'key',
  multiple: true,
  Type: QueryParam,
  make: (definition) => (definition instanceof QueryParam ? definition : new QueryParam(definition)),
  parse: (text) => text.split('&'),
  print: (members) => members.filter((param) => !param.disabled).map(printParam).join('&'),
};

export const queryList = (definition) => new PropertyList(QUERY, definition);
