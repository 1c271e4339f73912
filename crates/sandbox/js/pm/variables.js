// The five scopes of variables. A scope remembers whether a script changed it and is then handed back whole.
import { host } from '../host.js';
import { jsonText, set, storable } from '../json.js';
import { VariableList, castIn, castOut, knownType } from './variable.js';

const PLACEHOLDER = /\{\{([^{}]*?)\}\}/g;
const MAX_PASSES = 19;
// The type by which `undefined`, an empty text to the resolver, is known again.
const UNDEFINED = 'undefined';

const none = () => [];

export class VariableScope {
  #variables;
  #byKey = null;
  #changed = false;
  #outer;
  // The same as Postman's list of objects, and how it was when it was made; few scripts want it.
  #list = null;
  #listed;
  // Elsewhere `undefined` becomes `null` on its way into the next script; what holds for one run only stays as it is.
  #keepsUndefined = false;

  /** @param outer gives the scopes to look into where this one does not know a name */
  constructor(variables, name, outer = none) {
    this.#variables = variables;
    this.#outer = outer;
    if (outer !== none) this.#keepUndefined();
    if (name !== undefined && name !== null) this.name = name;
  }

  #keepUndefined() {
    this.#keepsUndefined = true;
    for (const variable of this.#variables) {
      if (variable.type !== UNDEFINED) continue;
      variable.value = undefined;
      delete variable.type;
    }
  }

  get #all() {
    return this.#list ? this.#list.members : this.#variables;
  }

  #own(key) {
    if (this.#list) return this.#list.enabled(String(key));
    if (!this.#byKey) {
      this.#byKey = new Map();
      for (const variable of this.#variables) if (!variable.disabled) this.#byKey.set(variable.key, variable);
    }
    return this.#byKey.get(String(key));
  }

  #find(key) {
    const own = this.#own(key);
    if (own) return own;
    for (const scope of this.#outer()) {
      const found = scope.#own(key);
      if (found) return found;
    }
    return undefined;
  }

  get values() {
    if (!this.#list) {
      this.#list = new VariableList(this.#variables);
      this.#listed = jsonText(this.stored());
    }
    return this.#list;
  }

  has(key) {
    return this.#find(key) !== undefined;
  }

  get(key) {
    const variable = this.#find(key);
    return variable === undefined ? undefined : typed(variable);
  }

  set(key, value, options) {
    const type = knownType(typeof options === 'string' ? options : options?.type);
    const known = this.#own(key);
    if (known) {
      if (type) known.type = type;
      known.value = castIn(known.type, value);
    } else {
      const variable = { key: String(key), value: castIn(type, value) };
      if (type) variable.type = type;
      if (this.#list) this.#list.add(variable);
      else {
        this.#variables.push(variable);
        this.#byKey.set(variable.key, variable);
      }
    }
    this.#changed = true;
  }

  unset(key) {
    const stays = (variable) => variable.disabled || variable.key !== String(key);
    if (this.#all.every(stays)) return;
    if (this.#list) this.#list.remove((variable) => !stays(variable));
    else this.#variables = this.#variables.filter(stays);
    this.#byKey = null;
    this.#changed = true;
  }

  clear() {
    if (this.#all.length > 0) this.#changed = true;
    if (this.#list) this.#list.clear();
    this.#variables = [];
    this.#byKey = null;
  }

  toObject(excludeDisabled) {
    const result = {};
    for (const scope of this.#outer().reverse().concat(this)) {
      for (const variable of scope.#all) {
        if (!(excludeDisabled && variable.disabled)) set(result, variable.key, typed(variable));
      }
    }
    return result;
  }

  syncVariablesTo(object) {
    return Object.assign(typeof object === 'object' && object !== null ? object : {}, this.toObject());
  }

  syncVariablesFrom(object, track, prune) {
    this.values.syncFromObject(object, track, prune);
  }

  toJSON() {
    return { name: this.name, values: this.values.toJSON() };
  }

  /** Puts values in the place of `{{names}}`, in a text or all through an object's values. */
  replaceIn(template) {
    if (typeof template === 'string') return this.#resolve(template);
    if (Array.isArray(template)) return template.map((entry) => this.replaceIn(entry));
    if (typeof template !== 'object' || template === null) return template;
    const result = {};
    for (const [key, entry] of Object.entries(template)) set(result, key, this.replaceIn(entry));
    return result;
  }

  #resolve(template) {
    let text = template;
    for (let pass = 0; pass < MAX_PASSES && text.includes('{{'); pass++) {
      const next = text.replace(PLACEHOLDER, (placeholder, name) => {
        const variable = this.#find(name);
        if (variable) return asText(typed(variable));
        const made = name.startsWith('$') ? host.dynamicVariable(name) : undefined;
        return made ?? placeholder;
      });
      if (next === text) break;
      text = next;
    }
    return text;
  }

  stored() {
    return this.#all.map((variable) => {
      const { key, value, type, disabled } = variable;
      if (value === undefined && this.#keepsUndefined) return { key: String(key), value: '', type: UNDEFINED };
      return { key: String(key), value: storable(typeof value === 'function' ? null : value), type: type === 'any' ? undefined : type, disabled };
    });
  }

  takeOver(variables) {
    if (this.#list) this.#list.repopulate(variables);
    this.#variables = variables;
    this.#byKey = null;
    this.#changed = true;
  }

  /** Whether a script has changed something, be it by way of the list. */
  wasChanged() {
    return this.#changed || (this.#list !== null && jsonText(this.stored()) !== this.#listed);
  }
}
VariableScope._postman_propertyName = 'VariableScope';

const typed = ({ value, type }) => castOut(type, typeof value === 'function' ? value() : value);

// As Postman has it: of an object nothing is seen but that it is one.
const asText = (value) => (value === undefined ? '' : String(value));

// Those that a script can change.
const OWN = ['globals', 'collectionVariables', 'environment', 'locals'];

/** All scopes of one script, from the nearest to the farthest; made when a script first wants them. */
export class VariableLayers {
  #scope;
  #made = {};

  constructor(scope) {
    this.#scope = scope;
  }

  get iterationData() {
    return (this.#made.iterationData ??= new VariableScope(Object.entries(this.#scope.iterationData).map(([key, value]) => ({ key, value }))));
  }

  get environment() {
    return (this.#made.environment ??= new VariableScope(this.#scope.environment, this.#scope.environmentName));
  }

  get collectionVariables() {
    return (this.#made.collectionVariables ??= new VariableScope(this.#scope.collectionVariables));
  }

  get globals() {
    return (this.#made.globals ??= new VariableScope(this.#scope.globals));
  }

  get locals() {
    const outer = () => [this.iterationData, this.environment, this.collectionVariables, this.globals];
    return (this.#made.locals ??= new VariableScope(this.#scope.locals, undefined, outer));
  }

  /** What a request that a script has run left in the scopes. */
  takeOver(told) {
    for (const [name, variables] of Object.entries(told)) this[name].takeOver(variables);
  }

  /** Each scope that was changed, whole; undefined for none. */
  changes() {
    let result;
    for (let index = 0; index < OWN.length; index++) {
      const scope = this.#made[OWN[index]];
      if (scope?.wasChanged()) (result ??= {})[OWN[index]] = scope.stored();
    }
    return result;
  }
}
