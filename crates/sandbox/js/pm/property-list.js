// An ordered list of things with a key, as Postman's SDK has it: headers, query parameters, form fields,
// cookies, variables of a URL. `kind` says how they are keyed and made.
import { set } from '../json.js';

export class PropertyList {
  #kind;

  /** @param kind {key, caseless, multiple, make(definition), parse(text)} */
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
    if (items instanceof PropertyList) items = items.members;
    if (!Array.isArray(items)) {
      const looksLikeItem = typeof items === 'object' && items !== null && Object.hasOwn(items, this.#kind.key);
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

  add(item) {
    if (item === null || item === undefined || Number.isNaN(item)) return;
    this.insert(this.#kind.make(item));
  }

  append(item) {
    this.add(item);
  }

  prepend(item) {
    this.insert(this.#kind.make(item), this.members[0]);
  }

  insert(item, before) {
    if (typeof item !== 'object' || item === null) return;
    const made = this.#kind.make(item);
    const at = before === undefined ? -1 : this.indexOf(before);
    if (at < 0) this.members.push(made);
    else this.members.splice(at, 0, made);
  }

  insertAfter(item, after) {
    this.insert(item, this.members[this.indexOf(after) + 1]);
  }

  upsert(item) {
    if (item === null || item === undefined) return null;
    const made = this.#kind.make(item);
    const known = this.one(made[this.#kind.key]);
    if (known) {
      Object.assign(known, made);
      return false;
    }
    this.members.push(made);
    return true;
  }

  remove(predicate, self) {
    let matches = predicate;
    if (typeof predicate === 'string') matches = (member) => this.#keyOf(member) === this.#normal(predicate);
    else if (typeof predicate !== 'function') matches = (member) => member === predicate;
    this.members = this.members.filter((member) => !matches.call(self ?? this, member));
  }

  assimilate(source, prune) {
    const items = source instanceof PropertyList ? source.members : source;
    if (!Array.isArray(items)) return;
    for (const item of items) this.upsert(item);
    if (prune) {
      const kept = new Set(items.map((item) => this.#keyOf(item)));
      this.members = this.members.filter((member) => kept.has(this.#keyOf(member)));
    }
  }

  clear() {
    this.members = [];
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
    this.members.forEach(callback, self);
  }

  forEach(callback, self) {
    this.members.forEach(callback, self);
  }

  map(callback, self) {
    return this.members.map(callback, self ?? this);
  }

  filter(callback, self) {
    return this.members.filter(callback, self);
  }

  find(callback, self) {
    return this.members.find(callback, self);
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

  /** The bytes that the members take as header lines. */
  contentSize() {
    return this.members.reduce((sum, member) => (member.disabled ? sum : sum + `${member}`.length + 2), 0);
  }

  toJSON() {
    return this.members.map((member) => ({ ...member }));
  }

  toString() {
    return this.#kind.print ? this.#kind.print(this.members) : this.members.map(String).join('');
  }
}
