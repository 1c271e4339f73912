// A variable with a type, and the list of them: a scope's values, a URL's path variables, the parameters of an auth.
import { stringify } from '../json.js';
import { PropertyList, isList } from './property-list.js';
import { Property } from './property.js';

const TYPES = ['string', 'boolean', 'number', 'array', 'object', 'any'];

/** The value as it is kept for a type. */
export function castIn(type, value) {
  switch (type) {
    case 'string':
      return String(value);
    case 'boolean':
      return Boolean(value);
    case 'number':
      return Number(value);
    case 'array':
    case 'object':
      return typeof value === 'string' ? value : jsonOr(value, 'null');
    default:
      return value;
  }
}

/** The value as it is shown for a type. */
export function castOut(type, value) {
  if (type !== 'array' && type !== 'object') return castIn(type, value);
  let shown;
  try {
    shown = JSON.parse(value);
  } catch {
    return undefined;
  }
  if (type === 'array') return Array.isArray(shown) ? shown : undefined;
  return typeof shown === 'object' && shown !== null && !Array.isArray(shown) ? shown : undefined;
}

function jsonOr(value, otherwise) {
  try {
    return stringify(value);
  } catch {
    return otherwise;
  }
}

/** The name of a type that there is, for `type` as people write it. */
export function knownType(type) {
  if (type === undefined) return undefined;
  const name = String(type).toLowerCase();
  return TYPES.includes(name) ? name : undefined;
}

export class Variable extends Property {
  constructor(definition) {
    super(definition);
    this.type = 'any';
    this.value = undefined;
    if (definition?.key !== undefined) this.key = definition.key;
    this.update(definition);
  }

  update(definition) {
    if (typeof definition !== 'object' || definition === null) return;
    const type = knownType(definition.type);
    if (type) this.type = type;
    if (Object.hasOwn(definition, 'value')) this.set(definition.value);
    else if (type) this.set(this.get());
    if (definition.system !== undefined) this.system = definition.system;
    if (definition.disabled !== undefined) this.disabled = definition.disabled;
    if (definition.description !== undefined && definition.description !== null) this.describe(definition.description);
  }

  get() {
    return castOut(this.type, typeof this.value === 'function' ? this.value() : this.value);
  }

  set(value) {
    this.value = typeof value === 'function' ? value : castIn(this.type, value);
  }

  valueOf(...value) {
    if (value.length > 0) this.set(value[0]);
    return this.get();
  }

  valueType(type) {
    const known = knownType(type);
    if (known) {
      const value = this.get();
      this.type = known;
      this.set(value);
    }
    return this.type;
  }

  toString() {
    const value = this.get();
    return value === undefined ? '' : String(value);
  }
}
Variable._postman_propertyName = 'Variable';
Object.defineProperty(Variable, 'name', { value: 'PostmanVariable' });

const VARIABLES = {
  key: 'key',
  Type: Variable,
  make: (definition) => (definition instanceof Variable ? definition : new Variable(definition)),
};

export class VariableList extends PropertyList {
  constructor(definition) {
    super(VARIABLES, definition);
  }

  /** The last of this name that is not disabled. */
  enabled(key) {
    return this.members.findLast((variable) => variable.key === key && !variable.disabled);
  }

  get(key) {
    return (this.enabled(key) ?? this.one(key))?.valueOf();
  }

  /** Takes what an object says; `prune` forgets the others. */
  syncFromObject(object, track, prune) {
    if (typeof object !== 'object' || object === null) return;
    for (const [key, value] of Object.entries(object)) {
      const known = this.one(key);
      if (known) known.set(value);
      else this.add({ key, value });
    }
    if (prune !== false) this.remove((variable) => !Object.hasOwn(object, variable.key));
  }

  syncToObject(object) {
    const target = typeof object === 'object' && object !== null ? object : {};
    return Object.assign(target, this.toObject());
  }

  /** Takes a list of definitions, or an object of names and values. */
  take(definition) {
    if (Array.isArray(definition) || isList(definition)) this.assimilate(definition);
    else this.syncFromObject(definition, false, false);
  }
}
VariableList._postman_propertyName = 'VariableList';
// By this the library `postman-collection` knows what is derived from what.
VariableList.super_ = PropertyList;
