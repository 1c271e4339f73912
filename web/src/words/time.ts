/** "4 min ago", "in 2 h", "—". */
export function ago(iso: string | null | undefined, now = Date.now()): string {
  if (!iso) return '—';
  const seconds = Math.round((now - Date.parse(iso)) / 1000);
  const words = span(Math.abs(seconds));
  if (Math.abs(seconds) < 5) return seconds < 0 ? 'in a moment' : 'just now';
  return seconds < 0 ? `in ${words}` : `${words} ago`;
}

/** "45 s", "4 min", "2 h", "3 d", "5 mo", "2 y". */
export function span(seconds: number): string {
  if (seconds < 60) return `${Math.round(seconds)} s`;
  if (seconds < 3600) return `${Math.floor(seconds / 60)} min`;
  if (seconds < 86_400) return `${Math.floor(seconds / 3600)} h`;
  if (seconds < 60 * 86_400) return `${Math.floor(seconds / 86_400)} d`;
  if (seconds < 730 * 86_400) return `${Math.floor(seconds / (30 * 86_400))} mo`;
  return `${Math.floor(seconds / (365 * 86_400))} y`;
}

/** "23 Nov 2026, 11:33:55". */
export const exact = (iso: string): string =>
  new Date(iso).toLocaleString('en-GB', {
    day: 'numeric',
    month: 'short',
    year: 'numeric',
    hour: '2-digit',
    minute: '2-digit',
    second: '2-digit',
  });

/** "11:33". */
export const clock = (iso: string): string =>
  new Date(iso).toLocaleTimeString('en-GB', { hour: '2-digit', minute: '2-digit' });

/** "Today", "Yesterday", "Monday, 23 November". */
export function day(iso: string, now = new Date()): string {
  const date = new Date(iso);
  const days = Math.round((startOfDay(now) - startOfDay(date)) / 86_400_000);
  if (days === 0) return 'Today';
  if (days === 1) return 'Yesterday';
  const year = date.getFullYear() === now.getFullYear() ? undefined : 'numeric';
  return date.toLocaleDateString('en-GB', { weekday: 'long', day: 'numeric', month: 'long', year });
}

const startOfDay = (date: Date) => new Date(date.getFullYear(), date.getMonth(), date.getDate()).getTime();
