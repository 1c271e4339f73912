// `pm.visualizer`: keeps a template and its data; who shows them is another matter.
import { plain } from '../json.js';

export function visualizer(execution) {
  const check = (value, what) => {
    if (value && typeof value !== 'object') {
      throw new Error(`Invalid ${what}. ${what[0].toUpperCase()}${what.slice(1)} must be an object, found ${typeof value}`);
    }
  };
  return {
    set(template, data, options) {
      if (typeof template !== 'string') {
        throw new Error(`Invalid template. Template must be of type string, found ${typeof template}`);
      }
      check(data, 'data');
      check(options, 'options');
      const shown = { template, data: plain(data ?? null), options: plain(options ?? null) };
      if (execution.output.admits(shown)) execution.visualizer = shown;
    },
    clear() {
      execution.visualizer = null;
    },
  };
}
