// The auth of a request: its type, and for each type the parameters.
import { Property } from './property.js';
import { VariableList } from './variable.js';

export class RequestAuth extends Property {
  constructor(definition) {
    super(definition);
    if (typeof definition !== 'object' || definition === null) return;
    if (definition.type !== undefined) this.use(definition.type);
    for (const [type, params] of Object.entries(definition)) {
      if (type !== 'type') this.update(params, type);
    }
  }

  update(params, type = this.type) {
    if (typeof params !== 'object' || params === null || !isType(type)) return;
    this.#list(type).take(params);
  }

  use(type, params) {
    if (!isType(type)) return;
    this.type = type;
    this.#list(type).take(params);
  }

  #list(type) {
    if (!(this[type] instanceof VariableList)) this[type] = new VariableList();
    return this[type];
  }

  parameters() {
    return this[this.type];
  }

  current() {
    throw new Error('`Request#current` has been discontinued, use `Request#parameters` instead.');
  }

  clear(type) {
    if (!isType(type) || !(this[type] instanceof VariableList)) return;
    this[type].clear();
    if (type !== this.type) delete this[type];
  }
}
RequestAuth._postman_propertyName = 'RequestAuth';

export const isType = (type) => typeof type === 'string' && type !== 'type';
