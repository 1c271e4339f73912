// `require('timers')`
const names = ['setTimeout', 'setInterval', 'setImmediate', 'clearTimeout', 'clearInterval', 'clearImmediate'];

export const timers = Object.fromEntries(names.map((name) => [name, (...values) => globalThis[name](...values)]));
