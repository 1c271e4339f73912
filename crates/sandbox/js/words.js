// The engine's words for common mistakes, put as V8 puts them: people know those, and search for them.
import { host } from './host.js';

const REWORDED = [
  [/^cannot read property '(.*)' of (undefined|null)$/, "Cannot read properties of $2 (reading '$1')"],
  [/^cannot set property '(.*)' of (undefined|null)$/, "Cannot set properties of $2 (setting '$1')"],
  [/^'.*' is read-only$/, 'Assignment to constant variable.'],
  [/^empty array$/, 'Reduce of empty array with no initial value'],
  [/^invalid array length$/, 'Invalid array length'],
  [/^expecting hex digit$/, 'URI malformed'],
  [/^cannot convert symbol to string$/, 'Cannot convert a Symbol value to a string'],
  [/^cannot convert BigInt to number$/, 'Cannot mix BigInt and other types, use explicit conversions'],
  [/^unexpected token in expression: '(.*)'$/, "Unexpected token '$1'"],
  [/^unexpected end of string$/, 'Invalid or unexpected token'],
];

/** The message of an error that the engine threw. @param place `{line, column}` where it did, if that is the script's own */
export function reworded(message, place) {
  if (message === 'not a function') {
    const called = place && calledAt(place);
    return called ? `${called} is not a function` : message;
  }
  for (const [from, to] of REWORDED) if (from.test(message)) return message.replace(from, to);
  return message;
}

const KEYWORDS = ['await', 'catch', 'for', 'function', 'if', 'new', 'return', 'super', 'switch', 'typeof', 'while'];
const CALL = /([A-Za-z_$][\w$]*(?:\??\.[A-Za-z_$][\w$]*)*)\s*\(/g;

// What is called there. The engine tells the place of one of the dots, or that before the name.
function calledAt({ line, column }) {
  const text = host.source().split('\n')[line - 1];
  if (text === undefined || text.length > 1000) return null;
  const near = Array.from(text.matchAll(CALL)).filter(({ 0: call, index }) => index - 1 <= column && column <= index + call.length);
  return near.length === 1 && !KEYWORDS.includes(near[0][1]) ? near[0][1] : null;
}
