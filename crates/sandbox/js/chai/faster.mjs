// chai as an esbuild plugin makes it: the same, but faster in QuickJS. In chai each link of a
// chain (`to`, `be`, `have` …) makes an assertion, a proxy around it, and copies flags one by one; each look at a flag
// makes an `arguments`; and messages are put together before anybody knows whether they are wanted. Here the
// proxies are gone (see guard.js), flags are plain members that are copied at once, and the commonest assertions
// first look whether they hold. `tests/it/chai.rs` compares the two, and a text that has changed upstream fails the build.
import { readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';

const GUARD = JSON.stringify(join(dirname(fileURLToPath(import.meta.url)), 'guard.js'));

// Once an assertion has been made, the next link of its chain is one with the same flags.
const NEXT = [
  `var newAssertion = new chai.Assertion();
    transferFlags(this, newAssertion);
    return newAssertion;`,
  'return chai.Assertion.after(this);',
];
const indented = ([from, to], by) => [from.replaceAll('\n', `\n${' '.repeat(by)}`), to];

const EDITS = {
  'assertion.js': [
    [
      `    flag(this, 'ssfi', ssfi || Assertion);
    flag(this, 'lockSsfi', lockSsfi);
    flag(this, 'object', obj);
    flag(this, 'message', msg);
    flag(this, 'eql', config.deepEqual || util.eql);

    return util.proxify(this);
  }
`,
      `    this.__flags = { __proto__: null, ssfi: ssfi || Assertion, lockSsfi, object: obj, message: msg, eql: config.deepEqual || util.eql };
  }
  Assertion.after = function (assertion) {
    var next = Object.create(Assertion.prototype);
    next.__flags = { __proto__: null, ...assertion.__flags };
    return next;
  };
  require(${GUARD})(Assertion, config, util.proxify);
`,
    ],
    [
      `  Assertion.prototype.assert = function (expr,`,
      `  Assertion.prototype.assert = function (...told) {
    if (this.__flags.negate ? told[0] : !told[0]) failed.apply(this, told);
  };

  var failed = function (expr,`,
    ],
  ],
  'utils/addMethod.js': [
    ['var methodWrapper = function () {', 'var methodWrapper = function (...told) {'],
    ['method.apply(this, arguments)', 'method.apply(this, told)'],
    NEXT,
  ],
  'utils/addProperty.js': [["!isProxyEnabled() && !flag(this, 'lockSsfi')", "!flag(this, 'lockSsfi')"], indented(NEXT, 4)],
  'utils/overwriteProperty.js': [["!isProxyEnabled() && !flag(this, 'lockSsfi')", "!flag(this, 'lockSsfi')"]],
  'utils/addChainableMethod.js': [
    [
      '  Object.defineProperty(ctx, name,',
      `  var lengthGuard = Object.getOwnPropertyDescriptor(addLengthGuard(function () {}, name, true), 'length');
  var ofFunctions = {
    call: { value: call, writable: true, enumerable: true, configurable: true },
    apply: { value: apply, writable: true, enumerable: true, configurable: true },
  };

  Object.defineProperty(ctx, name,`,
    ],
    ['var chainableMethodWrapper = function () {', 'var chainableMethodWrapper = function (...told) {'],
    ['chainableBehavior.method.apply(this, arguments)', 'chainableBehavior.method.apply(this, told)'],
    indented(NEXT, 6),
    ['addLengthGuard(chainableMethodWrapper, name, true);', "Object.defineProperty(chainableMethodWrapper, 'length', lengthGuard);"],
    [
      `var prototype = Object.create(this);
          // Restore the \`call\` and \`apply\` methods from \`Function\`
          prototype.call = call;
          prototype.apply = apply;
`,
      'var prototype = Object.create(this, ofFunctions);\n',
    ],
    [
      `transferFlags(this, chainableMethodWrapper);
        return proxify(chainableMethodWrapper);`,
      `Object.defineProperty(chainableMethodWrapper, '__flags', {
          value: { __proto__: null, ...this.__flags },
          writable: true,
          enumerable: true,
          configurable: true,
        });
        return chainableMethodWrapper;`,
    ],
  ],
  'core/assertions.js': [
    ['function assertProperty (name, val, msg) {', 'function assertProperty (name, ...more) {\n    var val = more[0], msg = more[1];'],
    ['if (!negate || arguments.length === 1) {', 'if ((!negate || more.length === 0) && !hasProperty === !negate) {'],
    ['if (arguments.length > 1) {\n      this.assert(\n          hasProperty && isEql', 'if (more.length > 0 && !(hasProperty && isEql(val, value)) === !negate) {\n      this.assert(\n          hasProperty && isEql'],
    [
      "        new Assertion(obj, flagMsg, ssfi, true).to.have.property('length');\n        itemsCount = obj.length;\n    }\n\n    this.assert(\n        itemsCount == n",
      "        if (!Array.isArray(obj)) new Assertion(obj, flagMsg, ssfi, true).to.have.property('length');\n        itemsCount = obj.length;\n    }\n\n    this.assert(\n        itemsCount == n",
    ],
    ["eql = flag(this, 'eql');\n    new Assertion(list, flagMsg, ssfi, true).to.be.an('array');", "eql = flag(this, 'eql');\n    if (!Array.isArray(list)) new Assertion(list, flagMsg, ssfi, true).to.be.an('array');"],
    ['    // Assert inclusion in collection or substring in a string.\n', '    if (negate ? !included : included) return;\n'],
  ],
};

// Flags are looked at where they are. Whoever has none gets some, as with chai's own function.
const NOT_IN = 'utils/flag.js';
const READ = /\bflag\((\w+), '(\w+)'\)/g;
const FLAGS = '($1.__flags ??= Object.create(null))';
const WRITE = /\bflag\((\w+), '(\w+)', ([^()]+)\)/g;

export const fasterChai = {
  name: 'faster chai',
  setup(build) {
    build.onLoad({ filter: /[\\/]chai[\\/]lib[\\/]chai[\\/].*\.js$/ }, ({ path }) => {
      const file = path.replaceAll('\\', '/').split('/lib/chai/')[1];
      const contents = edited(file, readFileSync(path, 'utf8'), EDITS[file] ?? []);
      if (file === NOT_IN) return { contents, loader: 'js' };
      return { contents: contents.replace(READ, `${FLAGS}.$2`).replace(WRITE, `(${FLAGS}.$2 = $3)`), loader: 'js' };
    });
  },
};

// Postman's plugin makes sure by three assertions of what one look shows.
const SURE = [
  [/new Assertion\(this\._obj\)\.to\.be\.postmanResponse;/g, 'if (!sdk.Response.isResponse(this._obj)) $&'],
  [/new Assertion\(this\._obj\)\.to\.have\.property\('(\w+)'\);/g, "if (!('$1' in Object(this._obj))) $&"],
  [/new Assertion\(this\._obj\.(\w+)\)\.to\.be\.a\('(number|function)'\);/g, "if (typeof this._obj.$1 !== '$2') $&"],
];

export const fasterChaiPostman = {
  name: 'faster chai-postman',
  setup(build) {
    build.onLoad({ filter: /[\\/]chai-postman[\\/]lib[\\/]index\.js$/ }, ({ path }) => {
      let contents = readFileSync(path, 'utf8');
      for (const [from, to] of SURE) {
        if (!from.test(contents)) throw new Error('chai-postman is not what js/chai/faster.mjs knows');
        contents = contents.replace(from, to);
      }
      return { contents, loader: 'js' };
    });
  },
};

function edited(file, text, edits) {
  let contents = text;
  for (const [from, to] of edits) {
    if (contents.split(from).length !== 2) throw new Error(`chai's ${file} is not what js/chai/faster.mjs knows: ${from}`);
    contents = contents.replace(from, () => to);
  }
  return contents;
}
