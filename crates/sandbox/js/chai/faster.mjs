// chai as an esbuild plugin makes it: the same, but faster in QuickJS. In chai each link of a
// chain (`to`, `be`, `have` …) makes an assertion, a proxy around it, and copies flags one by one. Here the
// proxies are gone (see guard.js), and the flags are made and copied at once. Methods keep theirs: they are
// made once. `tests/it/chai.rs` compares the two, and a text that has changed upstream fails the build.
import { readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';

const GUARD = JSON.stringify(join(dirname(fileURLToPath(import.meta.url)), 'guard.js'));

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
  require(${GUARD})(Assertion, config, util.proxify);
`,
    ],
  ],
  'utils/addChainableMethod.js': [['return proxify(chainableMethodWrapper);', 'return chainableMethodWrapper;']],
  'utils/addProperty.js': [["!isProxyEnabled() && !flag(this, 'lockSsfi')", "!flag(this, 'lockSsfi')"]],
  'utils/overwriteProperty.js': [["!isProxyEnabled() && !flag(this, 'lockSsfi')", "!flag(this, 'lockSsfi')"]],
  'utils/transferFlags.js': [
    ['  for (var flag in flags) {', '  if (includeAll) {\n    Object.assign(object.__flags, flags);\n    return;\n  }\n\n  for (var flag in flags) {'],
  ],
};

export const fasterChai = {
  name: 'faster chai',
  setup(build) {
    build.onLoad({ filter: /[\\/]chai[\\/]lib[\\/]chai[\\/].*\.js$/ }, ({ path }) => {
      const file = path.replaceAll('\\', '/').split('/lib/chai/')[1];
      let contents = readFileSync(path, 'utf8');
      for (const [from, to] of EDITS[file] ?? []) {
        if (contents.split(from).length !== 2) throw new Error(`chai's ${file} is not what js/chai/faster.mjs knows`);
        contents = contents.replace(from, () => to);
      }
      return { contents, loader: 'js' };
    });
  },
};
