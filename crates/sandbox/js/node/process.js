// What the bundled libraries, written for Node or browserify, expect of `process`. Scripts don't see it.
export const process = {
  browser: true,
  env: {},
  argv: [],
  version: '',
  versions: {},
  platform: 'browser',
  cwd: () => '/',
  nextTick: (callback, ...values) => queueMicrotask(() => callback(...values)),
  emitWarning() {},
  on() {},
  once() {},
  removeListener() {},
};
