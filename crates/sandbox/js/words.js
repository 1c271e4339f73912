// The engine's words for common mistakes, put as V8 puts them: people know those, and search for them.
import { calledAt, destructuredAt, iteratedAt, tokenAt } from './source.js';

const REWORDED = [
  [/^cannot read property 'Symbol\.iterator' of (undefined|null)$/, '$1 is not iterable (cannot read property Symbol(Symbol.iterator))'],
  [/^cannot read property '(.*)' of (undefined|null)$/, "Cannot read properties of $2 (reading '$1')"],
  [/^cannot set property '(.*)' of (undefined|null)$/, "Cannot set properties of $2 (setting '$1')"],
  [/^'.*' is read-only$/, 'Assignment to constant variable.'],
  [/^this is not initialized$/, "Must call super constructor in derived class before accessing 'this' or returning from derived constructor"],
  [/^(\S+) is not initialized$/, "Cannot access '$1' before initialization"],
  [/^private class field '(#.*)' does not exist$/, 'Cannot read private member $1 from an object whose class did not declare it'],
  [/^empty array$/, 'Reduce of empty array with no initial value'],
  [/^invalid array length$/, 'Invalid array length'],
  [/^expecting (hex digit|%|surrogate pair)$/, 'URI malformed'],
  [/^Date value is NaN$/, 'Invalid time value'],
  [/^invalid 'instanceof' right operand$/, "Right-hand side of 'instanceof' is not an object"],
  [/^cannot convert symbol to string$/, 'Cannot convert a Symbol value to a string'],
  [/^cannot convert symbol to number$/, 'Cannot convert a Symbol value to a number'],
  [/^cannot convert BigInt to number$/, 'Cannot mix BigInt and other types, use explicit conversions'],
  [/^bigint argument with unary \+$/, 'Cannot convert a BigInt value to a number'],
  [/^BigInt division by zero$/, 'Division by zero'],
  // From here on, of texts that are no script.
  [/^unexpected token in expression: ''$/, 'Unexpected end of input'],
  [/^Unexpected token ''$/, 'Unexpected end of input'],
  // A script is in a function until it closes that itself; what comes after is ours.
  [/^return not in a function$/, "Unexpected token '}'"],
  [/^unexpected token in expression: '(.*)'$/, "Unexpected token '$1'"],
  [/^(unexpected end of string|invalid number literal|unexpected character|invalid first character of private name)$/, 'Invalid or unexpected token'],
  [/^redeclaration of '(.*)'$/, "Identifier '$1' has already been declared"],
  [/^missing initializer for variable$/, 'Missing initializer in const declaration'],
  [/^function name expected$/, 'Function statements require a function name'],
  [/^break must be inside loop or switch$/, 'Illegal break statement'],
  [/^continue must be inside loop$/, 'Illegal continue statement: no surrounding iteration statement'],
  [/^super\(\) is only valid in a derived class constructor$/, "'super' keyword unexpected here"],
  [/^'let' is not a valid lexical identifier$/, 'let is disallowed as a lexically bound name'],
  [/^unexpected line terminator in regexp$/, 'Invalid regular expression: missing /'],
  [/^unsupported keyword: enum$/, 'Unexpected reserved word'],
  [/^unsupported keyword: (.*)$/, "Unexpected token '$1'"],
  [/^invalid assignment left-hand side$/, 'Invalid left-hand side in assignment'],
  [/^line terminator not allowed after throw$/, 'Illegal newline after throw'],
  [/^expecting catch or finally$/, 'Missing catch or finally after try'],
  [/^duplicate default$/, 'More than one default clause in switch statement'],
  [/^undefined private field '(#.*)'$/, "Private field '$1' must be declared in an enclosing class"],
  [/^expecting '\)'$/, 'missing ) after argument list'],
];

// Those for which one has to look at the script, at the place where it was thrown.
const LOOKED_UP = [
  [/^not a (function|constructor)$/, calledAt],
  [/^(value is not iterable|cannot read property 'Symbol\.iterator' of (undefined|null))$/, iteratedAt],
  [/^Cannot convert undefined or null to object$/, destructuredAt],
  [/^invalid redefinition of lexical identifier$/, declaredAt],
  [/^expecting ';'$/, (place) => tokenAt(place)?.unexpected],
];

function declaredAt(place) {
  const name = tokenAt(place)?.name;
  return name && `Identifier '${name}' has already been declared`;
}

/** The message of an error that the engine threw. @param place `{line, column}` where it did, if that is the script's own */
export function reworded(message, place) {
  for (const [from, look] of place ? LOOKED_UP : []) {
    const told = from.test(message) && look(place);
    if (told) return told;
  }
  for (const [from, to] of REWORDED) if (from.test(message)) return message.replace(from, to);
  return message;
}

/** What `JSON.stringify` throws has a name of its own in Postman's sandbox. */
export function rewordedJson(message) {
  if (message === 'circular reference') return 'Converting circular structure to JSON';
  return message === 'BigInt are forbidden in JSON.stringify' ? 'Do not know how to serialize a BigInt' : undefined;
}
