// An ordered list of things with a key, as Postman's SDK has it: headers, query parameters, form fields,
// cookies, variables. `kind` says how they are keyed and made.
import { set } from '../json.js';
import { jsonOf } from './property.js';

export class PropertyList {
  #kind;

  /** @param kind {key, caseless, multiple, byName, Type, make(definition), parse(text), print(members)} */
  constructor(kind, definition) {
    this.#kind = kind;
    this.members = [];
    if (definition !== undefined && definition !== null) this.populate(definition);
  }

  #keyOf(member) {
    return this.#normal(member[this.#kind.key]);
  }

  #normal(key) {
    return this.#kind.caseless ? String(key).toLowerCase() : key;
  }

  populate(definition) {
    let items = typeof definition === 'string' && this.#kind.parse ? this.#kind.parse(definition) : definition;
    if (isList(items)) items = items.all();
    if (!Array.isArray(items)) {
      const looksLikeItem = !this.#kind.byName && typeof items === 'object' && items !== null && Object.hasOwn(items, this.#kind.key);
      items = looksLikeItem || typeof items !== 'object'
        ? [items]
        : Object.entries(items).map(([key, value]) => ({ [this.#kind.key]: key, value }));
    }
    for (const item of items) this.add(item);
  }

  repopulate(definition) {
    this.clear();
    this.populate(definition);
  }

  add(item, ...rest) {
    if (item === null || item === undefined || Number.isNaN(item)) return;
    this.insert(this.#kind.make(item, ...rest));
  }

  append(item) {
    this.insert(item);
  }

  prepend(item) {
    this.insert(item, this.members[0]);
  }

  insert(item, before) {
    if (typeof item !== 'object' || item === null) return;
    const made = this.#kind.make(item);
    const known = this.members.indexOf(made);
    if (known >= 0) this.members.splice(known, 1);
    const at = before === undefined ? -1 : this.indexOf(before);
    if (at < 0) this.members.push(made);
    else this.members.splice(at, 0, made);
  }

  insertAfter(item, after) {
    this.insert(item, this.members[this.indexOf(after) + 1]);
  }

  upsert(item) {
    if (item === null || item === undefined || Number.isNaN(item)) return null;
    const known = this.one(item[this.#kind.key]);
    if (!known) {
      this.add(item);
      return true;
    }
    if (typeof known.update !== 'function') {
      throw new Error('collection: unable to upsert into a list of Type that does not support .update()');
    }
    known.update(item);
    return false;
  }

  remove(predicate, self) {
    let matches = predicate;
    if (typeof predicate === 'string') matches = (member) => this.#keyOf(member) === this.#normal(predicate);
    else if (typeof predicate !== 'function') matches = (member) => member === predicate;
    const kept = this.members.filter((member) => !matches.call(self ?? this, member));
    this.members.splice(0, this.members.length, ...kept);
  }

  assimilate(source, prune) {
    const items = isList(source) ? source.all() : source;
    if (!Array.isArray(items)) return;
    const told = items.filter((item) => typeof item === 'object' && item !== null && Object.hasOwn(item, this.#kind.key));
    for (const item of told) this.upsert(item);
    if (prune) {
      const kept = new Set(told.map((item) => this.#keyOf(item)));
      this.remove((member) => !kept.has(this.#keyOf(member)));
    }
  }

  clear() {
    this.members.length = 0;
  }

  /** The last member of this key. */
  one(key) {
    const wanted = this.#normal(key);
    return this.members.findLast((member) => this.#keyOf(member) === wanted);
  }

  get(key) {
    return this.one(key)?.valueOf();
  }

  has(item, ...value) {
    if (typeof item !== 'string') return this.members.includes(item);
    const wanted = this.#normal(item);
    const matches = this.members.filter((member) => this.#keyOf(member) === wanted);
    return value.length === 0 ? matches.length > 0 : matches.some((member) => member.valueOf() === value[0]);
  }

  all() {
    return this.members.slice();
  }

  idx(index) {
    return this.members[index];
  }

  indexOf(item) {
    return this.members.indexOf(typeof item === 'string' ? this.one(item) : item);
  }

  count() {
    return this.members.length;
  }

  each(callback, self) {
    // Returning false ends the walk.
    this.members.slice().every((member, index, all) => callback.call(self, member, index, all) !== false);
  }

  forEach(callback, self) {
    this.each(callback, self);
  }

  map(callback, self) {
    return this.members.map(byName(callback), self ?? this);
  }

  filter(callback, self) {
    return this.members.filter(byShape(callback), self);
  }

  find(callback, self) {
    return this.members.find(byShape(callback), self);
  }

  reduce(callback, start, self) {
    return this.members.reduce((sum, member, index) => callback.call(self ?? this, sum, member, index), start);
  }

  [Symbol.iterator]() {
    return this.members[Symbol.iterator]();
  }

  toObject(excludeDisabled, caseSensitive, multiValue, sanitizeKeys) {
    const { key, caseless, multiple } = this.#kind;
    const result = {};
    for (const member of this.members) {
      if ((excludeDisabled && member.disabled) || (sanitizeKeys && !member[key])) continue;
      const name = caseless && !caseSensitive ? String(member[key]).toLowerCase() : member[key];
      const value = member.valueOf();
      if ((multiple || multiValue) && Object.hasOwn(result, name)) {
        set(result, name, [].concat(result[name], [value]));
      } else set(result, name, value);
    }
    return result;
  }

  toJSON() {
    return this.members.map((member) => (typeof member.toJSON === 'function' ? member.toJSON() : jsonOf(member)));
  }

  toString() {
    return this.#kind.print ? this.#kind.print(this.members) : this.members.map(String).join('');
  }
}
PropertyList._postman_propertyName = 'PropertyList';
PropertyList.prototype._postman_propertyIsList = true;

/** Whether it is a list of ours, or of the library `postman-collection`. */
export const isList = (it) => typeof it === 'object' && it !== null && it._postman_propertyIsList === true;

// As with lodash, in place of a function there may be the values that a member has to have, or a member's name.
function byShape(shape) {
  if (typeof shape === 'function') return shape;
  if (typeof shape === 'string') return (member) => member[shape];
  return (member) => Object.entries(shape ?? {}).every(([key, value]) => member[key] === value);
}

const byName = (name) => (typeof name === 'string' ? (member) => member[name] : name);
