// Looks into the script under way for what an error is about: the engine says where, but not of what.
import { host } from './host.js';

const KEYWORDS = ['await', 'catch', 'for', 'function', 'if', 'new', 'return', 'super', 'switch', 'typeof', 'while'];
const RESERVED = ['break', 'case', 'catch', 'class', 'const', 'continue', 'default', 'do', 'else', 'finally', 'for', 'function', 'if', 'in', 'instanceof', 'new', 'return', 'switch', 'this', 'throw', 'try', 'typeof', 'var', 'void', 'while', 'with'];
const OPENS = { ')': '(', ']': '[' };
// A minified script is no text to look into.
const MOST = 1000;

function lineAt(line) {
  const text = host.source().split('\n')[line - 1];
  return text === undefined || text.length > MOST ? undefined : text;
}

/** `pm.x is not a function`, or a constructor; the engine tells the place of one of the dots, or that before the name. */
export function calledAt({ line, column }) {
  const text = lineAt(line);
  if (text === undefined) return undefined;
  const near = [];
  for (let at = text.indexOf('('); at >= 0; at = text.indexOf('(', at + 1)) {
    const called = expressionBefore(text, at);
    if (called && called.last - 1 <= column && column <= at + 1) near.push(called);
  }
  if (near.length !== 1) return undefined;
  const [{ shown, start }] = near;
  return `${shown} is not a ${/\bnew\s+$/.test(text.slice(0, start)) ? 'constructor' : 'function'}`;
}

/**
 * The expression of names, members, and calls that ends there: how V8 shows it, where it starts, and where its last run of plain
 * names does.
 */
function expressionBefore(text, end) {
  let at = end;
  let shown = '';
  let last;
  while (at > 0 && text[at - 1] === ' ') at--;
  for (;;) {
    const before = text[at - 1];
    if (before === ')' || before === ']') {
      const open = openingOf(text, at - 1);
      if (open === undefined) return undefined;
      last ??= shown ? at : open;
      const inner = text.slice(open + 1, at - 1);
      const named = /^\s*(["'])([A-Za-z_$][\w$]*)\1\s*$/.exec(inner);
      shown = (before === ')' ? '(...)' : named ? `.${named[2]}` : `[${inner.trim()}]`) + shown;
      at = open;
      // A group of its own, not the arguments or the index of something.
      if (at === 0 || !/[\w$)\]]/.test(text[at - 1])) return undefined;
      continue;
    }
    const name = /[A-Za-z_$][\w$]*$/.exec(text.slice(0, at))?.[0];
    if (!name || (!shown && KEYWORDS.includes(name))) return undefined;
    at -= name.length;
    shown = name + shown;
    const dot = /\??\.$/.exec(text.slice(0, at))?.[0];
    if (!dot) break;
    at -= dot.length;
    shown = dot + shown;
  }
  return { shown, start: at, last: last ?? at };
}

function openingOf(text, closing) {
  let depth = 0;
  for (let at = closing; at >= 0; at--) {
    if (text[at] === text[closing]) depth++;
    else if (text[at] === OPENS[text[closing]] && --depth === 0) return at;
  }
  return undefined;
}

const ITERATED = /(?:\bof\s+|\[\s*\.\.\.|\]\s*=\s*)([A-Za-z_$][\w$]*(?:\.[A-Za-z_$][\w$]*)*)\s*[)\],;]/g;

/** `x is not iterable`, where the line leaves no doubt which. */
export function iteratedAt({ line }) {
  const found = Array.from((lineAt(line) ?? '').matchAll(ITERATED));
  return found.length === 1 ? `${found[0][1]} is not iterable` : undefined;
}

const DESTRUCTURED = /\{\s*([A-Za-z_$][\w$]*)[^{}]*\}\s*=\s*([A-Za-z_$][\w$]*(?:\.[A-Za-z_$][\w$]*)*)\s*(?:[;),}]|$)/g;

/** What V8 says of `const { x } = nothing`, where the line leaves no doubt that it is one; which nothing it was, the engine does not tell. */
export function destructuredAt({ line }) {
  const found = Array.from((lineAt(line) ?? '').matchAll(DESTRUCTURED));
  return found.length === 1 ? `Cannot destructure property '${found[0][1]}' of '${found[0][2]}' as it is undefined or null.` : undefined;
}

/** The token there: `name`, if it is one, and what V8 says of one that does not belong there. */
export function tokenAt({ line, column }) {
  const token = /^\s*(?:([A-Za-z_$][\w$]*)|(["'])|(\d)|(`)|(\S))/.exec(lineAt(line)?.slice(column - 1) ?? '');
  if (!token) return undefined;
  const [, name, string, number, template, other] = token;
  if (name) return { name, unexpected: RESERVED.includes(name) ? `Unexpected token '${name}'` : `Unexpected identifier '${name}'` };
  if (other) return { unexpected: `Unexpected token '${other}'` };
  return { unexpected: `Unexpected ${string ? 'string' : number ? 'number' : template && 'template string'}` };
}
