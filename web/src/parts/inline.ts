/** What stands in a line of Markdown. */
export type Inline =
  | { t: 'text'; v: string }
  | { t: 'code'; v: string }
  | { t: 'variable'; v: string }
  | { t: 'strong' | 'em' | 'del'; kids: Inline[] }
  | { t: 'link'; href: string; kids: Inline[] }
  | { t: 'break' };

/** Within each other at most so deep; what is deeper stays as it is written. */
const DEEPEST = 8;

/** The address, if a reader may be sent there: http, https and mailto alone. */
export function safeHref(written: string): string | undefined {
  try {
    const url = new URL(written.trim());
    return ['http:', 'https:', 'mailto:'].includes(url.protocol) ? url.href : undefined;
  } catch {
    return undefined;
  }
}

/** Reads a line. Each kind of mark is searched to the end at most once in vain, so the time grows with the length alone. */
export function inline(source: string, depth = 0): Inline[] {
  const out: Inline[] = [];
  const inVain = new Set<string>();
  const brackets = matchBrackets(source);
  let plain = '';
  const flush = () => {
    if (plain) out.push({ t: 'text', v: plain });
    plain = '';
  };
  let at = 0;
  while (at < source.length) {
    const token = tokenAt(source, at, depth, inVain, brackets);
    if (!token) {
      plain += source[at];
      at += 1;
      continue;
    }
    if ('plain' in token) plain += token.plain;
    else {
      flush();
      out.push(token.made);
    }
    at = token.end;
  }
  flush();
  return out;
}

type Token = { plain: string; end: number } | { made: Inline; end: number };

function tokenAt(
  source: string,
  at: number,
  depth: number,
  inVain: Set<string>,
  brackets: Map<number, number>,
): Token | undefined {
  const mark = source[at]!;
  switch (mark) {
    case '\\':
      return escape(source, at);
    case '\n':
      return {
        made: / {2}$/.test(source.slice(Math.max(0, at - 2), at)) ? { t: 'break' } : SPACE,
        end: at + 1,
      };
    case '`':
      return codeAt(source, at, inVain);
    case '{':
      return variableAt(source, at);
    case '*':
    case '_':
    case '~':
      return depth < DEEPEST ? emphasisAt(source, at, depth, inVain) : undefined;
    case '!':
      return source[at + 1] === '[' ? linkAt(source, at + 1, depth, brackets) : undefined;
    case '[':
      return linkAt(source, at, depth, brackets);
    case '<':
      return angleAt(source, at);
    case 'h':
      return bareAt(source, at);
    default:
      return undefined;
  }
}

const SPACE: Inline = { t: 'text', v: '\n' };

function escape(source: string, at: number): Token | undefined {
  const next = source[at + 1];
  if (next === '\n') return { made: { t: 'break' }, end: at + 2 };
  return next && /[!-/:-@[-`{-~]/.test(next) ? { plain: next, end: at + 2 } : undefined;
}

function codeAt(source: string, at: number, inVain: Set<string>): Token {
  const run = /^`+/.exec(source.slice(at, at + 64))![0];
  const end = inVain.has(run) ? -1 : closingRun(source, at + run.length, run);
  if (end < 0) {
    inVain.add(run);
    return { plain: run, end: at + run.length };
  }
  const inner = source.slice(at + run.length, end).replace(/\n/g, ' ');
  const bare = /^ .*[^ ].* $/.test(inner) ? inner.slice(1, -1) : inner;
  return { made: { t: 'code', v: bare }, end: end + run.length };
}

/** Where a run of exactly these backticks begins. */
function closingRun(source: string, from: number, run: string): number {
  let at = source.indexOf(run, from);
  while (at >= 0) {
    let end = at;
    while (source[end] === '`') end += 1;
    if (end - at === run.length) return at;
    at = source.indexOf(run, end);
  }
  return -1;
}

function variableAt(source: string, at: number): Token | undefined {
  const found = /^\{\{([^{}\n]{1,200})\}\}/.exec(source.slice(at, at + 210));
  return found ? { made: { t: 'variable', v: found[1]!.trim() }, end: at + found[0].length } : undefined;
}

const WORD = /[\p{L}\p{N}_]/u;

function emphasisAt(source: string, at: number, depth: number, inVain: Set<string>): Token | undefined {
  const mark = source[at]!;
  const double = source[at + 1] === mark;
  if (mark === '~' && !double) return undefined;
  const delimiter = double ? mark + mark : mark;
  const from = at + delimiter.length;
  if (inVain.has(delimiter) || !source[from] || /\s/.test(source[from]))
    return { plain: delimiter, end: from };
  if (mark === '_' && at > 0 && WORD.test(source[at - 1]!)) return { plain: delimiter, end: from };
  const end = closing(source, from, delimiter);
  if (end < 0) {
    inVain.add(delimiter);
    return { plain: delimiter, end: from };
  }
  const kids = inline(source.slice(from, end), depth + 1);
  const t = mark === '~' ? 'del' : double ? 'strong' : 'em';
  return { made: { t, kids }, end: end + delimiter.length };
}

function closing(source: string, from: number, delimiter: string): number {
  const mark = delimiter[0]!;
  for (let at = source.indexOf(delimiter, from); at >= 0; at = source.indexOf(delimiter, at)) {
    let end = at;
    while (source[end] === mark) end += 1;
    const length = end - at;
    const fits = delimiter.length === 2 ? length >= 2 : length !== 2;
    const isInWord = mark === '_' && source[end] !== undefined && WORD.test(source[end]!);
    if (fits && at > from && !/[\s\\]/.test(source[at - 1]!) && !isInWord) return end - delimiter.length;
    at = end;
  }
  return -1;
}

/** For each `[` where its `]` is. */
function matchBrackets(source: string): Map<number, number> {
  const pairs = new Map<number, number>();
  const open: number[] = [];
  for (let at = 0; at < source.length; at += 1) {
    if (source[at] === '\\') at += 1;
    else if (source[at] === '[') open.push(at);
    else if (source[at] === ']') {
      const from = open.pop();
      if (from !== undefined) pairs.set(from, at);
    }
  }
  return pairs;
}

/** `[words](address "title")`; of a picture its words, since nothing is loaded from elsewhere. */
function linkAt(source: string, at: number, depth: number, brackets: Map<number, number>): Token | undefined {
  const close = brackets.get(at);
  if (close === undefined || source[close + 1] !== '(') return undefined;
  const rest = source.slice(close + 1, close + 2100);
  const found = /^\(\s*(?:<([^<>\n]*)>|((?:[^\s()]|\([^\s()]*\))*))(?:\s+(?:"[^"]*"|'[^']*'))?\s*\)/.exec(
    rest,
  );
  if (!found) return undefined;
  const words = source.slice(at + 1, close);
  const end = close + 1 + found[0].length;
  const href = safeHref(found[1] ?? found[2] ?? '');
  const kids = depth < DEEPEST ? inline(words, depth + 1) : [{ t: 'text' as const, v: words }];
  if (!href) return { made: { t: 'text', v: source.slice(at, end) }, end };
  const label = words.trim() === '' ? [{ t: 'text' as const, v: href }] : kids.map(withoutLinks);
  return { made: { t: 'link', href, kids: label }, end };
}

function withoutLinks(it: Inline): Inline {
  if (it.t === 'link') return { t: 'em', kids: it.kids };
  return 'kids' in it ? { ...it, kids: it.kids.map(withoutLinks) } : it;
}

function angleAt(source: string, at: number): Token | undefined {
  const found = /^<([^<>\s]{1,2000})>/.exec(source.slice(at, at + 2010));
  if (!found) return undefined;
  const written = found[1]!;
  const href = safeHref(/^[^@:/]+@[^@:/]+$/.test(written) ? `mailto:${written}` : written);
  if (!href) return undefined;
  return { made: { t: 'link', href, kids: [{ t: 'text', v: written }] }, end: at + found[0].length };
}

function bareAt(source: string, at: number): Token | undefined {
  if (!source.startsWith('http://', at) && !source.startsWith('https://', at)) return undefined;
  if (at > 0 && WORD.test(source[at - 1]!)) return undefined;
  const found = /^[^\s<>`{}]+/.exec(source.slice(at, at + 2000))![0].replace(/[.,;:!?'")\]*_~]+$/, '');
  const href = safeHref(found);
  return href
    ? { made: { t: 'link', href, kids: [{ t: 'text', v: found }] }, end: at + found.length }
    : undefined;
}
