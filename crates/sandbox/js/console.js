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
    let messages;
    try {
      messages = values.map(plain);
    } catch {
      messages = ['[a value that cannot be shown]'];
    }
    const line = { level, messages };
    if (this.#output.admits(line)) this.lines.push(line);
  }
}
