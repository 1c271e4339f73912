// What most things of Postman's SDK are: they may have an id, a name, a description, and be disabled.

class Description {
  constructor(told) {
    this.content = typeof told === 'string' ? told : (told?.content ?? '');
    this.type = told?.type || 'text/plain';
  }

  toString() {
    return String(this.content);
  }
}

export class Property {
  constructor(definition) {
    if (typeof definition !== 'object' || definition === null) return;
    if (definition.id) this.id = definition.id;
    if (definition.name) this.name = definition.name;
    if (definition.disabled !== undefined) this.disabled = Boolean(definition.disabled);
    const { description } = definition;
    if (description !== undefined && description !== null) this.describe(description);
  }

  describe(content, type) {
    this.description = content instanceof Description ? content : new Description(type ? { content, type } : content);
  }

  toJSON() {
    return jsonOf(this);
  }
}

/** The members of an object as its document has them: lists are named in the singular there. */
export function jsonOf(object) {
  const told = {};
  for (const key of Object.keys(object)) {
    const value = object[key];
    if (value === undefined) continue;
    const isList = value?._postman_propertyIsList;
    told[isList && key.endsWith('s') ? key.slice(0, -1) : key] = typeof value?.toJSON === 'function' ? value.toJSON() : value;
  }
  return told;
}
