// JSON as it was before any script could touch it, and values made fit for it.
const { stringify, parse } = JSON;

export { parse, stringify };

const MAX_DEPTH = 64;
const MAX_NODES = 100000;

const PROTOTYPES = [Object.prototype, Array.prototype, String.prototype, Number.prototype, Boolean.prototype];

/** The JSON text of plain data, even if a script has given the built-in prototypes a `toJSON`. */
export function jsonText(value) {
  const taken = [];
  for (let index = 0; index < PROTOTYPES.length; index++) {
    const prototype = PROTOTYPES[index];
    if (!('toJSON' in prototype)) continue;
    const own = Object.getOwnPropertyDescriptor(prototype, 'toJSON');
    if (own && own.configurable) {
      delete prototype.toJSON;
      taken.push([prototype, own]);
    }
  }
  try {
    return wellFormed(stringify(value));
  } finally {
    for (const [prototype, own] of taken) Object.defineProperty(prototype, 'toJSON', own);
  }
}

// A lone surrogate is told as an escape, which strict readers of JSON refuse: it becomes U+FFFD.
function wellFormed(text) {
  if (text === undefined || !text.includes('\\ud')) return text;
  return text.replace(/\\(?:u(d[89a-f][0-9a-f]{2})|[^])/g, (escape, surrogate) => (surrogate ? '\ufffd' : escape));
}

/** The value as plain data: what JSON cannot say is put into words, circles are cut. */
export function plain(value) {
  return convert(value, [], { left: MAX_NODES });
}

function convert(value, parents, nodes) {
  switch (typeof value) {
    case 'string':
    case 'boolean':
      return value;
    case 'number':
      return Number.isFinite(value) ? value : String(value);
    case 'undefined':
      return 'undefined';
    case 'bigint':
      return `${value}n`;
    case 'symbol':
      return value.toString();
    case 'function':
      return value.name ? `[Function: ${value.name}]` : '[Function]';
  }
  if (value === null) return null;
  if (parents.includes(value)) return '[Circular]';
  if (parents.length >= MAX_DEPTH || nodes.left-- <= 0) return '[…]';
  const inner = parents.concat([value]);
  const next = (child) => convert(child, inner, nodes);
  if (value instanceof Error) return { type: 'Error', name: String(value.name), message: String(value.message) };
  if (value instanceof RegExp) return String(value);
  if (value instanceof Promise) return '[Promise]';
  if (value instanceof WeakMap || value instanceof WeakSet) return '[WeakMap]';
  if (value instanceof Map) return Array.from(value, ([key, entry]) => [next(key), next(entry)]);
  if (value instanceof Set) return Array.from(value, next);
  if (value instanceof ArrayBuffer) return `[ArrayBuffer { byteLength: ${value.byteLength} }]`;
  if (ArrayBuffer.isView(value) && !(value instanceof DataView)) return Array.from(value.subarray(0, 1000), next);
  if (typeof value.toJSON === 'function') {
    const told = value.toJSON();
    if (told !== value) return next(told);
  }
  if (Array.isArray(value)) return value.map(next);
  const result = {};
  for (const key of Object.keys(value)) {
    const entry = value[key];
    if (entry !== undefined) set(result, key, next(entry));
  }
  return result;
}

/** Sets an own property whatever its name, `__proto__` included. */
export function set(object, key, value) {
  if (key === '__proto__') {
    Object.defineProperty(object, key, { value, enumerable: true, configurable: true, writable: true });
  } else {
    object[key] = value;
  }
}

/** The value as JSON keeps it; what has no JSON form becomes words. */
export function storable(value) {
  if (value === undefined || typeof value === 'string' || typeof value === 'boolean' || value === null) return value;
  if (typeof value === 'number') return Number.isFinite(value) ? value : null;
  if (typeof value === 'bigint') return String(value);
  try {
    const text = stringify(value);
    if (text === undefined) return String(value);
    const copy = parse(text);
    return depth(copy) > MAX_DEPTH ? plain(copy) : copy;
  } catch {
    return plain(value);
  }
}

function depth(value) {
  let levels = 0;
  for (let layer = [value]; layer.length > 0 && levels <= MAX_DEPTH; levels++) {
    layer = layer.flatMap((entry) => (typeof entry === 'object' && entry !== null ? Object.values(entry) : []));
  }
  return levels;
}
