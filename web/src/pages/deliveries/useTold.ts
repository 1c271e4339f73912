import { useEffect, useRef, useState } from 'react';
import { many } from '../../words/numbers';
import type { Row } from './rows';
import { isFailure } from './words';

/** At most so often is something said. */
export const PAUSE_MS = 5000;
/** So many rows are looked at: what happens further down is no news. */
const MOST = 300;

/** "3 new deliveries, 1 failed". */
export function said(fresh: number, failed: number): string {
  const news = fresh > 0 ? many(fresh, 'new delivery', 'new deliveries') : '';
  if (failed === 0) return news;
  return news ? `${news}, ${failed} failed` : many(failed, 'delivery failed', 'deliveries failed');
}

/** What has come since: how many are new, and how many went wrong, new or not. */
export function changes(before: Map<string, boolean>, rows: Row[]): [fresh: number, failed: number] {
  const newest = [...before.keys()][0] ?? '';
  let fresh = 0;
  let failed = 0;
  for (const row of rows) {
    const isNew = row.id > newest;
    if (isNew) fresh += 1;
    if (isFailure(row) && (isNew || before.get(row.id) === false)) failed += 1;
  }
  return [fresh, failed];
}

/** For who hears the page: what has changed, in one sentence, at most every five seconds. */
export function useTold(all: Row[] | undefined, list: string): string {
  const [text, say] = useState('');
  const before = useRef<{ list: string; rows: Map<string, boolean> }>(undefined);
  const due = useRef<[number, number]>([0, 0]);
  const timer = useRef<ReturnType<typeof setTimeout>>(undefined);
  const last = useRef(0);

  useEffect(() => {
    if (!all) return;
    const rows = all.slice(0, MOST);
    if (before.current?.list === list) {
      const [fresh, failed] = changes(before.current.rows, rows);
      due.current = [due.current[0] + fresh, due.current[1] + failed];
    } else due.current = [0, 0];
    before.current = { list, rows: new Map(rows.map((row) => [row.id, isFailure(row)])) };
    if (due.current[0] + due.current[1] === 0) return;
    timer.current ??= setTimeout(
      () => {
        timer.current = undefined;
        last.current = Date.now();
        say(said(...due.current));
        due.current = [0, 0];
      },
      Math.max(200, last.current + PAUSE_MS - Date.now()),
    );
  }, [all, list]);
  useEffect(() => () => clearTimeout(timer.current), []);
  return text;
}
