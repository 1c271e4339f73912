// What was thrown, in words: name, message and where.
import { reworded, rewordedJson } from './words.js';

// Where memory runs out even for the error, the engine throws null. Rust knows this message.
const NULL_THROWN = 'null was thrown, by the script or for want of memory';

// The function that Rust puts around a script, and how much of it stands before the script on the first line.
const WRAPPER = 'postern_script';
const BEFORE = '(function postern_script(pm, console, require) { return (async () => {;'.length;

// Errors of the engine itself are of these classes.
const NATIVE = [TypeError, ReferenceError, SyntaxError, RangeError, URIError];

/** `{name, message, stack}` of anything that can be thrown. Never throws. */
export function describe(thrown) {
  if (thrown === null) return { name: 'Error', message: NULL_THROWN, stack: '' };
  try {
    if (typeof thrown === 'object') {
      const name = text(thrown.name) || (thrown.constructor && text(thrown.constructor.name)) || 'Error';
      const stack = usersStack(thrown.stack);
      const told = thrown.message === undefined ? shown(thrown) : text(thrown.message);
      const ofJson = thrown.constructor === TypeError ? rewordedJson(told) : undefined;
      if (ofJson) return { name: 'JSONError', message: ofJson, stack };
      const message = NATIVE.includes(thrown.constructor) ? reworded(told, placeOf(thrown.stack)) : told;
      return { name, message, stack };
    }
    return { name: 'Error', message: text(thrown), stack: '' };
  } catch {
    return { name: 'Error', message: 'something was thrown that cannot be shown', stack: '' };
  }
}

function text(value) {
  return value === undefined ? '' : String(value);
}

function shown(object) {
  try {
    return JSON.stringify(object) ?? String(object);
  } catch {
    return String(object);
  }
}

// Frames of our own bundles say nothing to the person who wrote the script.
const isOurs = (line) => line.includes('postern:') || line.includes(WRAPPER);

function usersStack(stack) {
  if (typeof stack !== 'string') return '';
  return stack
    .split('\n')
    .filter((line) => line && !isOurs(line) && !line.includes('(native)'))
    .map((line) => line.replace(/:1:(\d+)(\)?)$/, (_, column, end) => `:1:${columnOf(1, Number(column))}${end ?? ''}`))
    .join('\n');
}

const columnOf = (line, column) => (line === 1 ? Math.max(column - BEFORE, 1) : column);

// Where in the script it was thrown; none if it was by something that the script called.
function placeOf(stack) {
  const first = typeof stack === 'string' ? stack.split('\n', 1)[0] : '';
  const [, line, column] = /:(\d+):(\d+)\)?$/.exec(first) ?? [];
  if (line === undefined || isOurs(first)) return undefined;
  return { line: Number(line), column: columnOf(Number(line), Number(column)) };
}
