// How much a script may say.
import { jsonText } from './json.js';

// About what the JSON around a test's texts takes.
const AROUND_A_TEST = 80;

export class Output {
  constructor(limit, warnings) {
    this.left = limit;
    this.warnings = warnings;
    this.told = false;
  }

  /** Whether there is room for this entry; takes the room. */
  admits(entry) {
    return this.#takes(jsonText(entry).length);
  }

  /** The same for a test, of which there are many: its texts are all that can be large. */
  admitsTest(name, error) {
    const told = error ? error.name.length + error.message.length + error.stack.length : 0;
    return this.#takes(AROUND_A_TEST + name.length + told);
  }

  #takes(size) {
    if (size <= this.left) {
      this.left -= size;
      return true;
    }
    if (!this.told) {
      this.told = true;
      this.warnings.push('the script says more than its limit of output allows; the rest was dropped');
    }
    return false;
  }
}
