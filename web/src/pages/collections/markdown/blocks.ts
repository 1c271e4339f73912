import { inline, type Inline } from '../../../parts/inline';

export type Block =
  | { t: 'heading'; level: number; kids: Inline[] }
  | { t: 'paragraph'; kids: Inline[] }
  | { t: 'code'; v: string }
  | { t: 'quote'; kids: Block[] }
  | { t: 'list'; ordered: boolean; start: number; items: Block[][] }
  | { t: 'table'; align: Align[]; head: Inline[][]; rows: Inline[][][] }
  | { t: 'rule' };
export type Align = 'left' | 'right' | 'center' | undefined;

/** Quotes and lists within each other at most so deep. */
const DEEPEST = 10;
const MARKER = /^( {0,3})([-*+]|\d{1,9}[.)])( +|$)/;

/** Reads a text as Markdown: what people write in descriptions, not all that there is. HTML is text. */
export function blocks(source: string): Block[] {
  return read(source.replace(/\r\n?/g, '\n').replace(/\t/g, '    ').split('\n'), 0);
}

function read(lines: string[], depth: number): Block[] {
  const out: Block[] = [];
  let at = 0;
  while (at < lines.length) {
    if (lines[at]!.trim() === '') {
      at += 1;
      continue;
    }
    const [block, next] = blockAt(lines, at, depth);
    out.push(block);
    at = next;
  }
  return out;
}

type Read = [Block, next: number];

function blockAt(lines: string[], at: number, depth: number): Read {
  return (
    fenceAt(lines, at) ??
    headingAt(lines, at) ??
    ruleAt(lines, at) ??
    (depth < DEEPEST ? (quoteAt(lines, at, depth) ?? listAt(lines, at, depth)) : undefined) ??
    tableAt(lines, at) ??
    indentedAt(lines, at) ??
    paragraphAt(lines, at, depth)
  );
}

function fenceAt(lines: string[], at: number): Read | undefined {
  const open = /^( {0,3})(`{3,}|~{3,})[^`]*$/.exec(lines[at]!);
  if (!open) return undefined;
  const fence = open[2]!;
  const isEnd = (line: string) => {
    const bare = line.trim();
    return bare.length >= fence.length && bare === fence[0]!.repeat(bare.length);
  };
  let end = at + 1;
  while (end < lines.length && !isEnd(lines[end]!)) end += 1;
  const indent = new RegExp(`^ {0,${open[1]!.length}}`);
  const inner = lines.slice(at + 1, end).map((line) => line.replace(indent, ''));
  return [{ t: 'code', v: inner.join('\n') }, end + 1];
}

function headingAt(lines: string[], at: number): Read | undefined {
  const found = /^ {0,3}(#{1,6})(?: +(.*))?$/.exec(lines[at]!);
  if (found) {
    const words = (found[2] ?? '').trimEnd().replace(/(^| )#+$/, '');
    return [{ t: 'heading', level: found[1]!.length, kids: inline(words.trim()) }, at + 1];
  }
  const under = lines[at + 1];
  const level = under && /^ {0,3}(=+|-+) *$/.test(under) ? (under.includes('=') ? 1 : 2) : 0;
  if (level === 0 || MARKER.test(lines[at]!) || /^ {0,3}>/.test(lines[at]!) || lines[at]!.includes('|'))
    return undefined;
  return [{ t: 'heading', level, kids: inline(lines[at]!.trim()) }, at + 2];
}

const isRule = (line: string) => /^ {0,3}(?:(?:\* *){3,}|(?:- *){3,}|(?:_ *){3,})$/.test(line);

const ruleAt = (lines: string[], at: number): Read | undefined =>
  isRule(lines[at]!) ? [{ t: 'rule' }, at + 1] : undefined;

function quoteAt(lines: string[], at: number, depth: number): Read | undefined {
  if (!/^ {0,3}>/.test(lines[at]!)) return undefined;
  let end = at;
  while (end < lines.length && /^ {0,3}>/.test(lines[end]!)) end += 1;
  const inner = lines.slice(at, end).map((line) => line.replace(/^ {0,3}> ?/, ''));
  return [{ t: 'quote', kids: read(inner, depth + 1) }, end];
}

function listAt(lines: string[], at: number, depth: number): Read | undefined {
  const first = MARKER.exec(lines[at]!);
  if (!first) return undefined;
  const ordered = /\d/.test(first[2]!);
  const items: Block[][] = [];
  let end = at;
  while (end < lines.length) {
    const marker = MARKER.exec(lines[end]!);
    if (!marker || /\d/.test(marker[2]!) !== ordered || isRule(lines[end]!)) break;
    const width = marker[0].length - Math.max(0, marker[3]!.length - 4);
    const inner = [lines[end]!.slice(width)];
    end = itemEnd(lines, end + 1, width, inner);
    items.push(read(inner, depth + 1));
  }
  return [{ t: 'list', ordered, start: ordered ? Number.parseInt(first[2]!, 10) : 1, items }, end];
}

/** Takes the lines of one item: what is indented, blank lines between, and a paragraph that goes on. */
function itemEnd(lines: string[], from: number, width: number, inner: string[]): number {
  let end = from;
  let blank = false;
  while (end < lines.length) {
    const line = lines[end]!;
    const indent = line.length - line.trimStart().length;
    if (line.trim() === '') {
      const next = lines[end + 1];
      if (next === undefined) break;
      blank = true;
      inner.push('');
    } else if (indent >= Math.min(width, 2)) {
      blank = false;
      inner.push(line.slice(Math.min(indent, width)));
    } else if (!blank && !startsBlock(line)) inner.push(line);
    else break;
    end += 1;
  }
  return end;
}

function tableAt(lines: string[], at: number): Read | undefined {
  const under = lines[at + 1];
  if (!lines[at]!.includes('|') || !under || !/^[ |:-]*-[ |:-]*$/.test(under)) return undefined;
  const head = cells(lines[at]!);
  const marks = cells(under);
  if (marks.length !== head.length || !marks.every((mark) => /^:?-+:?$/.test(mark))) return undefined;
  let end = at + 2;
  while (end < lines.length && lines[end]!.includes('|') && lines[end]!.trim() !== '') end += 1;
  const rows = lines.slice(at + 2, end).map((line) => {
    const found = cells(line);
    return head.map((_, column) => inline(found[column] ?? ''));
  });
  return [{ t: 'table', align: marks.map(alignOf), head: head.map((it) => inline(it)), rows }, end];
}

const alignOf = (mark: string): Align => {
  const [left, right] = [mark.startsWith(':'), mark.endsWith(':')];
  return left && right ? 'center' : right ? 'right' : left ? 'left' : undefined;
};

function cells(line: string): string[] {
  const bare = line
    .trim()
    .replace(/^\|/, '')
    .replace(/(?<!\\)\|$/, '');
  return bare.split(/(?<!\\)\|/).map((cell) => cell.trim().replaceAll('\\|', '|'));
}

function indentedAt(lines: string[], at: number): Read | undefined {
  if (!lines[at]!.startsWith('    ')) return undefined;
  let end = at;
  while (end < lines.length && (lines[end]!.startsWith('    ') || lines[end]!.trim() === '')) end += 1;
  const inner = lines.slice(at, end).map((line) => line.slice(4));
  return [{ t: 'code', v: inner.join('\n').trimEnd() }, end];
}

const startsBlock = (line: string) =>
  /^ {0,3}(#{1,6}( |$)|>|`{3}|~{3})/.test(line) || MARKER.test(line) || isRule(line);

function paragraphAt(lines: string[], at: number, depth: number): Read {
  let end = at + 1;
  const goesOn = (line: string) =>
    line.trim() !== '' && !(depth < DEEPEST && startsBlock(line)) && !tableAt(lines, end);
  while (end < lines.length && goesOn(lines[end]!)) end += 1;
  const words = lines.slice(at, end).map((line) => line.replace(/^ +/, ''));
  return [{ t: 'paragraph', kids: inline(words.join('\n').trimEnd()) }, end];
}
