// The five scopes of variables. A scope remembers whether a script changed it and is then handed back whole.
import { host } from '../host.js';
import { set, storable } from '../json.js';

const PLACEHOLDER = /\{\{([^{}]+)\}\}/g;
const MAX_PASSES = 20;

export class VariableScope {
  #variables;
  #byKey = null;
  #outer;

  /** @param outer scopes to look into where this one does not know a name */
  constructor(variables, name, outer = []) {
    this.#variables = variables;
    this.#outer = outer;
    if (name !== undefined && name !== null) this.name = name;
    Object.defineProperty(this, 'changed', { value: false, writable: true });
  }

  #own(key) {
    if (!this.#byKey) {
      this.#byKey = new Map();
      for (const variable of this.#variables) if (!variable.disabled) this.#byKey.set(variable.key, variable);
    }
    return this.#byKey.get(String(key));
  }

  #find(key) {
    const own = this.#own(key);
    if (own) return own;
    for (const scope of this.#outer) {
      const found = scope.#own(key);
      if (found) return found;
    }
    return undefined;
  }

  get values() {
    return this.#variables.map((variable) => ({ ...variable }));
  }

  has(key) {
    return this.#find(key) !== undefined;
  }

  get(key) {
    const variable = this.#find(key);
    return variable === undefined ? undefined : typed(variable);
  }

  set(key, value, options) {
    const type = typeof options === 'string' ? options : options?.type;
    const known = this.#own(key);
    if (known) {
      known.value = value;
      if (type) known.type = type;
    } else {
      const variable = { key: String(key), value };
      if (type) variable.type = type;
      this.#variables.push(variable);
      this.#byKey.set(variable.key, variable);
    }
    this.changed = true;
  }

  unset(key) {
    const before = this.#variables.length;
    this.#variables = this.#variables.filter((variable) => variable.disabled || variable.key !== String(key));
    this.#byKey = null;
    if (this.#variables.length !== before) this.changed = true;
  }

  clear() {
    if (this.#variables.length > 0) this.changed = true;
    this.#variables = [];
    this.#byKey = null;
  }

  toObject() {
    const result = {};
    for (const scope of [...this.#outer].reverse().concat(this)) {
      for (const variable of scope.#variables) if (!variable.disabled) set(result, variable.key, typed(variable));
    }
    return result;
  }

  toJSON() {
    return { name: this.name, values: this.values };
  }

  /** Puts values in the place of `{{names}}`, in a text or all through an object. */
  replaceIn(template) {
    if (typeof template === 'string') return this.#resolve(template);
    if (Array.isArray(template)) return template.map((entry) => this.replaceIn(entry));
    if (typeof template !== 'object' || template === null) return template;
    const result = {};
    for (const [key, entry] of Object.entries(template)) set(result, this.#resolve(key), this.replaceIn(entry));
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
    return this.#variables.map((variable) => ({ ...variable, value: storable(variable.value) }));
  }
}

// The value in the type its document gives it.
function typed({ value, type }) {
  switch (type) {
    case 'boolean':
      return typeof value === 'string' ? value === 'true' : Boolean(value);
    case 'number':
      return Number(value);
    case 'string':
      return value === undefined || value === null ? value : asText(value);
    case 'json':
    case 'array':
    case 'object':
      if (typeof value !== 'string') return value;
      try {
        return JSON.parse(value);
      } catch {
        return value;
      }
    default:
      return value;
  }
}

function asText(value) {
  return typeof value === 'object' && value !== null ? JSON.stringify(value) : String(value);
}

/** All scopes of one script, from the nearest to the farthest. */
export class VariableLayers {
  constructor(told) {
    const row = Object.entries(told.iterationData).map(([key, value]) => ({ key, value }));
    this.iterationData = new VariableScope(row);
    this.environment = new VariableScope(told.environment, told.environmentName);
    this.collectionVariables = new VariableScope(told.collectionVariables);
    this.globals = new VariableScope(told.globals);
    const outer = [this.iterationData, this.environment, this.collectionVariables, this.globals];
    this.locals = new VariableScope(told.locals, undefined, outer);
  }

  /** Each scope that was changed, whole. */
  changes() {
    const result = {};
    for (const name of ['globals', 'collectionVariables', 'environment', 'locals']) {
      if (this[name].changed) result[name] = this[name].stored();
    }
    return result;
  }
}
