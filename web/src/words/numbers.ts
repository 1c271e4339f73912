/** "241 ms", "1.36 s", "2 min 5 s". */
export function duration(ms: number | null | undefined): string {
  if (ms == null) return '—';
  if (ms < 1000) return `${Math.round(ms)} ms`;
  if (ms < 10_000) return `${(ms / 1000).toFixed(2)} s`;
  if (ms < 60_000) return `${(ms / 1000).toFixed(1)} s`;
  const seconds = Math.round(ms / 1000);
  return `${Math.floor(seconds / 60)} min ${seconds % 60} s`;
}

/** "433 B", "1.7 kB", "2.4 MB": powers of a thousand, as the units say. */
export function bytes(count: number | null | undefined): string {
  if (count == null) return '—';
  if (count < 1000) return `${count} B`;
  if (count < 1_000_000) return `${(count / 1000).toFixed(count < 10_000 ? 1 : 0)} kB`;
  if (count < 1_000_000_000) return `${(count / 1_000_000).toFixed(1)} MB`;
  return `${(count / 1_000_000_000).toFixed(1)} GB`;
}

/** "2,150". */
export const whole = (count: number): string => count.toLocaleString('en-GB');

/** "88.3 %"; nothing to divide by is "—". */
export function percent(part: number, of: number): string {
  if (of === 0) return '—';
  const value = (100 * part) / of;
  return `${value === 100 || value === 0 ? value : value.toFixed(1)} %`;
}

/** "1 run", "3 runs". */
export const many = (count: number, one: string, more = `${one}s`): string =>
  `${whole(count)} ${count === 1 ? one : more}`;
