// The global names, defined once for each context. Those that belong to a script look at the one under
// way; a script may shadow or overwrite each of them.
import { current } from './host.js';
import { defineLocale } from './locale/locale.js';
import { LEGACY_NAMES } from './legacy/globals.js';
import { libraryRequire } from './libraries.js';
import { defineJsonParse, parseJson } from './parse-json.js';
import { IMMEDIATE } from './timers.js';
import { decodeBase64, encodeBase64 } from './web/base64.js';
import { crypto } from './web/crypto.js';
import { PosternTextDecoder, PosternTextEncoder } from './web/text.js';
import { PosternURL, PosternURLSearchParams } from './web/url.js';

// Names that each script finds as they were, whatever the one before has put there.
const restored = [];

export function defineGlobals() {
  defineJsonParse();
  defineErrorJson();
  defineHas();
  defineLocale();
  lazy('Buffer', () => libraryRequire('buffer').Buffer);
  value('require', libraryRequire);
  value('atob', decodeBase64);
  value('btoa', encodeBase64);
  value('crypto', crypto);
  value('TextEncoder', PosternTextEncoder);
  value('TextDecoder', PosternTextDecoder);
  value('URL', PosternURL);
  value('URLSearchParams', PosternURLSearchParams);

  value('setTimeout', (callback, delay, ...values) => current.timers.add(callback, delay, false, values));
  value('setInterval', (callback, delay, ...values) => current.timers.add(callback, delay, true, values));
  value('setImmediate', (callback, ...values) => current.timers.add(callback, IMMEDIATE, false, values));
  for (const name of ['clearTimeout', 'clearInterval', 'clearImmediate']) value(name, (id) => current.timers.clear(id));

  for (const name of ['require', 'atob', 'btoa', 'crypto', 'URL', 'setTimeout', 'setInterval', 'setImmediate', 'clearTimeout', 'clearInterval', 'clearImmediate', 'JSON', 'Promise']) {
    restored.push({ name, value: globalThis[name] });
  }

  ofScript('pm', () => current.pm);
  ofScript('console', () => current.console);
  for (const name of LEGACY_NAMES) ofScript(name, () => current.legacy.get(name), (set) => current.legacy.set(name, set));
}

// An error has no members of its own that JSON could tell; scripts like to print `JSON.stringify(error)`.
function defineErrorJson() {
  const toJSON = function () {
    return { type: 'Error', name: this.name, message: this.message };
  };
  Object.defineProperty(Error.prototype, 'toJSON', { value: toJSON, writable: true, enumerable: false, configurable: true });
}

// Of Postman's first years, and still in the snippets of old collections: `responseBody.has('words')`.
function defineHas() {
  const has = function (searched) {
    return searched instanceof RegExp ? searched.test(this) : String(this).includes(searched);
  };
  Object.defineProperty(String.prototype, 'has', { value: has, writable: true, enumerable: false, configurable: true });
}

/** Undoes what a script has put in the place of our names; objects of the script's own stay. */
export function restoreGlobals() {
  for (let index = 0; index < restored.length; index++) {
    const known = restored[index];
    if (globalThis[known.name] !== known.value) value(known.name, known.value);
  }
  if (JSON.parse !== parseJson) defineJsonParse();
}

function value(name, it) {
  Object.defineProperty(globalThis, name, { value: it, writable: true, enumerable: false, configurable: true });
}

function lazy(name, make) {
  Object.defineProperty(globalThis, name, {
    get() {
      const it = make();
      value(name, it);
      return it;
    },
    set: (it) => value(name, it),
    enumerable: false,
    configurable: true,
  });
}

function ofScript(name, get, set) {
  Object.defineProperty(globalThis, name, {
    get,
    set: set ?? ((it) => value(name, it)),
    enumerable: false,
    configurable: true,
  });
}
