// Bundles the core and every library into the folder named by the first argument, one file each; run by
// ../build/main.rs, or by hand for POSTERN_SANDBOX_BUNDLES. A bundle is a function expression that takes
// (require, module, exports, process, global).
import { mkdirSync, readFileSync, readdirSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import esbuild from 'esbuild';
import { fasterChai, fasterChaiPostman } from './chai/faster.mjs';
import { withoutRegExpStatics } from './engine/regexp-statics.mjs';

// The name that scripts require, and where npm has it. A trailing slash means the package, not Node's own.
const LIBRARIES = {
  ajv: 'ajv',
  assert: 'assert/build/assert.js',
  backbone: 'backbone',
  buffer: 'buffer/',
  chai: 'chai',
  'chai-postman': 'chai-postman',
  cheerio: 'cheerio',
  'content-info': 'postman-collection/lib/content-info',
  'crypto-js': 'crypto-js',
  'csv-parse/lib/sync': 'csv-parse/lib/sync',
  events: 'events/',
  'http-reasons': 'http-reasons',
  'iconv-lite': 'iconv-lite',
  'liquid-json': 'liquid-json',
  lodash: 'lodash',
  lodash3: 'lodash3',
  moment: 'moment/moment.js',
  path: 'path-browserify',
  'postman-collection': 'postman-collection',
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
const SHARED = ['assert', 'buffer', 'events', 'http-reasons', 'iconv-lite', 'liquid-json', 'lodash', 'path', 'punycode', 'querystring', 'stream', 'string_decoder', 'timers', 'url', 'util'];
const ABSENT = ['crypto', 'fs', 'http', 'jquery', 'os'];

const FASTER = { chai: [fasterChai], 'chai-postman': [fasterChaiPostman] };

const here = dirname(fileURLToPath(import.meta.url));
const target = process.argv[2];
mkdirSync(target, { recursive: true });
const inputs = new Set();

async function bundle(name, entry, folder) {
  const built = await esbuild.build({
    ...entry,
    bundle: true,
    write: false,
    minifyWhitespace: true,
    minifySyntax: true,
    // The names of our own classes show in messages.
    minifyIdentifiers: name !== 'core',
    format: 'cjs',
    platform: 'browser',
    target: 'es2022',
    legalComments: 'none',
    metafile: true,
    absWorkingDir: here,
    logLevel: 'warning',
  });
  for (const input of Object.keys(built.metafile.inputs)) inputs.add(input.replace(/^\(disabled\):/, ''));
  const file = join(folder, `${name.replaceAll('/', '+')}.js`);
  writeFileSync(file, `(function(require,module,exports,process,global){${built.outputFiles[0].text}\n})`);
}

const library = (name, from, folder, plugins = []) => {
  const own = name.split('/')[0];
  const plugin = {
    // Only the bare name is shared: `util/` within its own bundle is the package itself.
    name: 'shared',
    setup(build) {
      build.onResolve({ filter: /^[a-z_0-9-]+\/?$/ }, ({ path, kind }) => {
        const bare = path.replace(/\/$/, '');
        if (kind === 'entry-point' || bare === own) return undefined;
        // chai asks for `util` only to print what Node prints in a way of its own; loading it costs more than chai.
        if (name === 'chai' && bare === 'util') return { path: 'absent', external: true };
        return SHARED.includes(bare) || ABSENT.includes(bare) ? { path: bare, external: true } : undefined;
      });
    },
  };
  const stdin = { contents: `module.exports = require(${JSON.stringify(from)})`, resolveDir: here };
  return bundle(name, { stdin, plugins: [plugin, withoutRegExpStatics, ...plugins] }, folder);
};
const comparison = join(target, 'comparison');
mkdirSync(comparison, { recursive: true });
await Promise.all([
  bundle('core', { entryPoints: [join(here, 'core.js')] }, target),
  ...Object.entries(LIBRARIES).map(([name, from]) => library(name, from, target, FASTER[name] ?? [])),
  // Not for the program: a test holds our chai against it.
  library('chai', 'chai', comparison),
]);

// Whose work is in the bundles, with their licences: the binary has to carry these texts.
function notices() {
  const packages = new Map();
  for (const input of [...inputs].sort()) {
    const folder = /^(.*node_modules\/(?:@[^/]+\/)?[^/]+)\//.exec(input)?.[1];
    if (!folder || packages.has(folder)) continue;
    const { name, version, license } = JSON.parse(readFileSync(join(here, folder, 'package.json'), 'utf8'));
    const file = readdirSync(join(here, folder)).find((entry) => /^(licen[cs]e|copying)/i.test(entry));
    const text = file ? readFileSync(join(here, folder, file), 'utf8').trim() : '';
    packages.set(folder, `${name} ${version} (${license ?? 'see below'})\n\n${text}\n`);
  }
  return [...packages.values()].join(`\n${'-'.repeat(80)}\n\n`);
}
writeFileSync(join(target, 'NOTICES'), notices());
