const UNITS: Record<string, number> = { s: 1, sec: 1, m: 60, min: 60, h: 3600, d: 86_400 };

/** The longest pause between two attempts: a week. */
const LONGEST = 604_800;
const MOST = 50;

/** Reads pauses as people write them, "5 s, 30s, 2 min, 1h": seconds, or what is wrong with them. */
export function readWaits(text: string): { seconds: number[] } | { problem: string } {
  const parts = text
    .split(/[,;\n]+/)
    .map((part) => part.trim())
    .filter(Boolean);
  if (parts.length === 0) return { problem: 'Write at least one pause, such as 30 s' };
  if (parts.length > MOST) return { problem: `At most ${MOST} pauses` };
  const seconds: number[] = [];
  for (const part of parts) {
    const [, count, unit = 's'] = /^(\d+)\s*([a-z]*)$/i.exec(part) ?? [];
    const times = UNITS[(unit || 's').toLowerCase()];
    if (!count || !times) return { problem: `“${part}” is not a pause: write 30 s, 5 min, 2 h or 1 d` };
    const pause = Number(count) * times;
    if (pause < 1 || pause > LONGEST) return { problem: `“${part}” is not between 1 s and 7 d` };
    seconds.push(pause);
  }
  return { seconds };
}

/** "5 s, 30 s, 2 min": the largest unit that fits exactly. */
export const writeWaits = (seconds: number[]): string => seconds.map(written).join(', ');

function written(seconds: number): string {
  if (seconds % 86_400 === 0) return `${seconds / 86_400} d`;
  if (seconds % 3600 === 0) return `${seconds / 3600} h`;
  if (seconds % 60 === 0) return `${seconds / 60} min`;
  return `${seconds} s`;
}

/** How long all attempts take: "3 h 2 min". */
export function spanOf(seconds: number[]): string {
  const sum = seconds.reduce((all, one) => all + one, 0);
  if (sum < 60) return `${sum} s`;
  if (sum < 3600) return `${Math.round(sum / 60)} min`;
  if (sum < 86_400) return `${(sum / 3600).toFixed(1).replace('.0', '')} h`;
  return `${(sum / 86_400).toFixed(1).replace('.0', '')} d`;
}
