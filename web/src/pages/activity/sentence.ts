import type { Shape } from '../../api/client';

type Line = Shape['ActivityView'];

/** A stretch of a sentence; a name of somebody or something is bold, and that of the thing itself may lead to it. */
export interface Stretch {
  text: string;
  is?: 'who' | 'what' | 'name';
}

/** A line of the feed, cut where a name begins or ends. */
export function stretches(line: Pick<Line, 'message' | 'user' | 'modelName' | 'collectionName' | 'detail'>) {
  const oldName: unknown = line.detail?.['oldName'];
  const names: [string, NonNullable<Stretch['is']>][] = [
    [line.user.name, 'who'],
    [typeof oldName === 'string' ? oldName : '', 'name'],
    [line.modelName, 'what'],
    [line.collectionName === line.modelName ? '' : line.collectionName, 'name'],
  ];
  const found: Stretch[] = [];
  let rest = line.message;
  for (const [name, is] of names) {
    // Each stands behind the last: so "Get" in "Get renamed the request Get" is found where it is meant.
    const at = name ? placeOf(rest, name) : -1;
    if (at < 0) continue;
    if (at > 0) found.push({ text: rest.slice(0, at) });
    found.push({ text: name, is });
    rest = rest.slice(at + name.length);
  }
  if (rest) found.push({ text: rest });
  return found;
}

/** Where a name stands as a word of its own, and not within another. */
function placeOf(text: string, name: string): number {
  for (let at = text.indexOf(name); at >= 0; at = text.indexOf(name, at + 1)) {
    const isStart = at === 0 || !isWord(text.charAt(at - 1));
    const isEnd = at + name.length === text.length || !isWord(text.charAt(at + name.length));
    if (isStart && isEnd) return at;
  }
  return -1;
}

const isWord = (character: string) => /[\p{L}\p{N}_]/u.test(character);

/** What more there is to tell than the sentence does: which fields, from where. */
export function details(line: { detail?: Record<string, unknown> | null }): string[] {
  const fields: unknown = line.detail?.['fields'];
  if (!Array.isArray(fields)) return [];
  return fields.filter((field): field is string => typeof field === 'string' && field !== 'name');
}
