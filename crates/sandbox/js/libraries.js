// `require`: the real libraries, each loaded when it is first asked for and kept for the context's life.
import { host } from './host.js';
import { loadChai } from './pm/expect.js';
import { process } from './node/process.js';
import { timers } from './node/timers.js';
import { decodeBase64, encodeBase64 } from './web/base64.js';

const loaded = new Map();

// Names that scripts use for what is bundled under another name.
const ALIASES = { 'csv-parse': 'csv-parse/lib/sync', json: 'liquid-json' };

const PRIVATE = ['core', 'chai-postman', 'content-info', 'http-reasons', 'iconv-lite'];

// What scripts find empty, as in Postman's sandbox; a bundle that asks for it is to notice that it is not there.
const EMPTY = ['fs', 'os'];

// What is not a bundle as it stands.
const OWN = {
  chai: () => loadChai(),
  timers: () => timers,
  _process: () => process,
  process: () => process,
  atob: () => decodeBase64,
  btoa: () => encodeBase64,
  uuid: () => {
    // Postman's `uuid` is a function; the library of that name is an object. Scripts use both.
    const library = loadBundle('uuid');
    return Object.assign((...values) => library.v4(...values), library);
  },
};

/** The exports of a bundle, or undefined if there is none of that name. */
export function loadBundle(name) {
  const key = `bundle ${name}`;
  const known = loaded.get(key);
  if (known) return known.exports;
  const bundle = host.library(name);
  if (!bundle) return undefined;
  const module = { exports: {} };
  loaded.set(key, module);
  try {
    bundle(bundleRequire, module, module.exports, process, globalThis);
  } catch (thrown) {
    // Lest a half-made library is found the next time.
    loaded.delete(key);
    throw thrown;
  }
  return module.exports;
}

/** `require` for scripts. */
export function libraryRequire(name) {
  return find(name, false);
}

// `require` for the bundles themselves.
const bundleRequire = (name) => find(name, true);

function find(name, withPrivate) {
  const wanted = String(name).replace(/^node:/, '').replace(/\/$/, '');
  if (loaded.has(wanted)) return loaded.get(wanted);
  const isPrivate = PRIVATE.includes(wanted);
  if (isPrivate && withPrivate) return loadBundle(wanted);
  let library;
  if (EMPTY.includes(wanted) && !withPrivate) library = {};
  else if (Object.hasOwn(OWN, wanted)) library = OWN[wanted]();
  else if (!isPrivate) library = loadBundle(Object.hasOwn(ALIASES, wanted) ? ALIASES[wanted] : wanted);
  if (library === undefined) throw Object.assign(new Error(`Cannot find module '${wanted}'`), { code: 'MODULE_NOT_FOUND' });
  loaded.set(wanted, library);
  return library;
}
