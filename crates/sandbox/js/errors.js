// What was thrown, in words: name, message and where.

// Where memory runs out even for the error, the engine throws null. Rust knows this message.
const NULL_THROWN = 'null was thrown, by the script or for want of memory';

// The function that Rust puts around a script.
const WRAPPER = 'postern_script';

/** `{name, message, stack}` of anything that can be thrown. Never throws. */
export function describe(thrown) {
  if (thrown === null) return { name: 'Error', message: NULL_THROWN, stack: '' };
  try {
    if (typeof thrown === 'object') {
      const name = text(thrown.name) || (thrown.constructor && text(thrown.constructor.name)) || 'Error';
      const message = thrown.message === undefined ? shown(thrown) : text(thrown.message);
      return { name, message, stack: usersStack(thrown.stack) };
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
function usersStack(stack) {
  if (typeof stack !== 'string') return '';
  return stack
    .split('\n')
    .filter((line) => line && !line.includes('postern:') && !line.includes('(native)') && !line.includes(WRAPPER))
    .join('\n');
}
