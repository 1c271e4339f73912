// How much a script may say.
import { jsonText } from './json.js';

export class Output {
  constructor(limit, warnings) {
    this.left = limit;
    this.warnings = warnings;
    this.told = false;
  }

  /** Whether there is room for this entry; takes the room. */
  admits(entry) {
    const size = jsonText(entry).length;
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
