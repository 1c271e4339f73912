// `console`: lines are kept with their values, for the caller to show as it likes.
import { current } from './host.js';
import { plain } from './json.js';

// The methods know their script without `this`: people pass them on as callbacks.
export class Console {
  clear() {}
}
for (const level of ['log', 'info', 'warn', 'error', 'debug']) {
  const say = (...values) => {
    const line = { level, messages: values.map(shown) };
    if (current.output.admits(line)) current.lines.push(line);
  };
  Object.defineProperty(say, 'name', { value: level });
  Console.prototype[level] = say;
}

function shown(value) {
  try {
    return plain(value);
  } catch {
    return '[a value that cannot be shown]';
  }
}
