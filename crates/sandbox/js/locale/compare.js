// `localeCompare`: the engine compares code points, by which `Z` comes before `a`; scripts that look whether a list is sorted expect
// the order of a dictionary. This is that of Unicode's root collation for what such lists hold; locales of their own are not known.

// What comes before the letters, in order. Controls are passed over.
const BEFORE = '\t\n\v\f\r _-,;:!?.\'"()[]{}@*/\\&#%`^+<=>|~$0123456789';
const DIGIT = BEFORE.indexOf('0');
// Signs that are none of those above.
const SYMBOL = BEFORE.indexOf('$') - 0.5;
const LETTER = BEFORE.length + 1;
const OTHER = LETTER + 26;

// Letters that are one or two others, as far as a dictionary goes.
const EXPANDED = { ß: 'ss', æ: 'ae', œ: 'oe', ø: 'o', ł: 'l', đ: 'd' };

const LEVELS = {
  base: ['primary'],
  accent: ['primary', 'secondary'],
  case: ['primary', 'tertiary'],
  variant: ['primary', 'secondary', 'tertiary'],
};

/** -1, 0 or 1. @param options `numeric` and `sensitivity`, as for `localeCompare` */
export function compare(one, other, options) {
  if (one === other) return 0;
  const a = weigh(one, options?.numeric);
  const b = weigh(other, options?.numeric);
  for (const level of LEVELS[options?.sensitivity] ?? LEVELS.variant) {
    const order = compareLists(a[level], b[level]);
    if (order !== 0) return order;
  }
  return 0;
}

function compareLists(a, b) {
  for (let at = 0; at < a.length && at < b.length; at++) if (a[at] !== b[at]) return a[at] < b[at] ? -1 : 1;
  return Math.sign(a.length - b.length);
}

// The letters of a text, what is above and below them, and whether they are large.
function weigh(text, numeric) {
  const weights = { primary: [], secondary: [], tertiary: [] };
  const add = (primary, secondary, tertiary) => {
    weights.primary.push(primary);
    weights.secondary.push(secondary);
    weights.tertiary.push(tertiary);
  };
  let pieces = /^[\0-\x7f]*$/.test(text) ? text : text.normalize('NFD');
  pieces = numeric ? pieces.match(/\d+|[^]/gu) ?? [] : pieces;
  for (const piece of pieces) {
    if (piece >= '0' && piece <= '9:' && numeric) addNumber(piece, add);
    else addLetter(piece, add, weights);
  }
  return weights;
}

function addNumber(digits, add) {
  const significant = digits.replace(/^0+(?=\d)/, '');
  add(DIGIT, 0, 0);
  add(significant.length, 0, 0);
  for (const digit of significant) add(Number(digit), 0, 0);
}

function addLetter(letter, add, weights) {
  const before = BEFORE.indexOf(letter);
  if (before >= 0) return add(before, 0, 0);
  const small = letter.toLowerCase();
  const large = small === letter ? 0 : 1;
  const expanded = EXPANDED[small];
  for (const part of expanded ?? small) {
    const code = part.codePointAt(0);
    if (code >= 97 && code <= 122) add(LETTER + code - 97, expanded ? 1 : 0, large);
    else if (/\p{M}/u.test(part)) weights.secondary.push(code);
    else if (code > 127) add(/\p{L}/u.test(part) ? OTHER + code : SYMBOL + code / 0x400000, 0, large);
  }
}
