// JSON as the engine reads it; only for what it can't read is Postman's own parser loaded, which forgives a
// little more and says where the fault is.
import { parse } from './json.js';
import { libraryRequire } from './libraries.js';

// Postman's own parser asks `JSON.parse` again.
let within = false;

export const parseJson = Object.defineProperty(parseForgiving, 'name', { value: 'parse' });

function parseForgiving(text, reviver, strict) {
  if (text === undefined) throw Object.assign(new SyntaxError('"undefined" is not valid JSON'), { name: 'JSONError' });
  const told = String(text);
  const bare = told.charCodeAt(0) === 0xfeff ? told.slice(1) : told;
  try {
    return parse(bare, reviver);
  } catch (thrown) {
    if (within) throw thrown;
    within = true;
    try {
      return libraryRequire('liquid-json').parse(told, reviver, strict);
    } finally {
      within = false;
    }
  }
}

/** Gives `JSON.parse` the words of Postman's: its own `JSON` is that parser. */
export function defineJsonParse() {
  Object.defineProperty(JSON, 'parse', { value: parseJson, writable: true, enumerable: false, configurable: true });
}
