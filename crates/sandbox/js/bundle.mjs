// Bundles the core and every library into the folder named by the first argument, one file each; run by
// ../build/main.rs, or by hand for POSTERN_SANDBOX_BUNDLES. A bundle is a function expression that takes
// (require, module, exports, process, global).
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import esbuild from 'esbuild';

// The name that scripts require, and where npm has it. A trailing slash means the package, not Node's own.
const LIBRARIES = {
  ajv: 'ajv',
  assert: 'assert/build/assert.js',
  backbone: 'backbone',
  buffer: 'buffer/',
  chai: 'chai',
  'chai-postman': 'chai-postman',
  cheerio: 'cheerio',
  'crypto-js': 'crypto-js',
  'csv-parse/lib/sync': 'csv-parse/lib/sync',
  events: 'events/',
  'liquid-json': 'liquid-json',
  lodash: 'lodash',
  lodash3: 'lodash3',
  moment: 'moment/moment.js',
  path: 'path-browserify',
  punycode: 'punycode/',
  querystring: 'querystring-es3',
  stream: 'stream-browserify',
  string_decoder: 'string_decoder/',
  tv4: 'tv4',
  url: 'url/',
  util: 'util/',
  uuid: 'uuid',
  xml2js: 'xml2js',
};

// What one bundle takes from another when it runs, by `require`; the last ones exist nowhere.
const SHARED = ['assert', 'buffer', 'events', 'lodash', 'path', 'punycode', 'querystring', 'stream', 'string_decoder', 'timers', 'url', 'util'];
const ABSENT = ['crypto', 'fs', 'http', 'jquery', 'os'];

const here = dirname(fileURLToPath(import.meta.url));
const target = process.argv[2];
mkdirSync(target, { recursive: true });

async function bundle(name, entry, shared) {
  const built = await esbuild.build({
    ...entry,
    bundle: true,
    write: false,
    minify: true,
    keepNames: false,
    format: 'cjs',
    platform: 'browser',
    target: 'es2022',
    legalComments: 'none',
    external: shared,
    logLevel: 'warning',
  });
  const file = join(target, `${name.replaceAll('/', '+')}.js`);
  writeFileSync(file, `(function(require,module,exports,process,global){${built.outputFiles[0].text}\n})`);
}

const libraries = Object.entries(LIBRARIES).map(([name, from]) => {
  const own = name.split('/')[0];
  const plugin = {
    // Only the bare name is shared: `util/` within its own bundle is the package itself.
    name: 'shared',
    setup(build) {
      build.onResolve({ filter: /^[a-z_0-9]+\/?$/ }, ({ path, kind }) => {
        const bare = path.replace(/\/$/, '');
        if (kind === 'entry-point' || bare === own) return undefined;
        // chai asks for `util` only to print what Node prints in a way of its own; loading it costs more than chai.
        if (name === 'chai' && bare === 'util') return { path: 'absent', external: true };
        return SHARED.includes(bare) || ABSENT.includes(bare) ? { path: bare, external: true } : undefined;
      });
    },
  };
  const stdin = { contents: `module.exports = require(${JSON.stringify(from)})`, resolveDir: here };
  return bundle(name, { stdin, plugins: [plugin] }, []);
});
await Promise.all([bundle('core', { entryPoints: [join(here, 'core.js')] }, []), ...libraries]);

const versions = JSON.parse(readFileSync(join(here, 'package.json'), 'utf8')).dependencies;
writeFileSync(join(target, 'VERSIONS'), Object.entries(versions).map(([name, version]) => `${name} ${version}\n`).join(''));
