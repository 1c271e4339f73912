// QuickJS has no `RegExp.$1`. One library needs it: `mime`, by which Postman finds a file's ending.
import { readFileSync } from 'node:fs';

const OLD = '/^\\s*([^;\\s]*)/.test(type) && RegExp.$1';
const NEW = '/^\\s*([^;\\s]*)/.exec(type)?.[1]';

export const withoutRegExpStatics = {
  name: 'without RegExp statics',
  setup(build) {
    build.onLoad({ filter: /[\\/]mime[\\/]Mime\.js$/ }, ({ path }) => {
      const contents = readFileSync(path, 'utf8');
      if (contents.split(OLD).length !== 2) throw new Error('Mime.js is not what js/engine/regexp-statics.mjs knows');
      return { contents: contents.replace(OLD, () => NEW), loader: 'js' };
    });
  },
};
