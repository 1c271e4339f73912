// `console`: lines are kept with their values, for the caller to show as it likes.
import { plain } from './json.js';

export class Console {
  #output;

  constructor(output) {
    this.#output = output;
    // Not enumerable, so that `console.log(console)` shows no innards.
    Object.defineProperty(this, 'lines', { value: [] });
    for (const level of ['log', 'info', 'warn', 'error', 'debug']) {
      this[level] = (...values) => this.#add(level, values);
    }
    this.clear = () => {};
  }

  #add(level, values) {
    const line = { level, messages: values.map(shown) };
    if (this.#output.admits(line)) this.lines.push(line);
  }
}

function shown(value) {
  try {
    return plain(value);
  } catch {
    return '[a value that cannot be shown]';
  }
}
