/** Time zones as the browser knows them. */

const formats = new Map<string, Intl.DateTimeFormat>();

function format(zone: string): Intl.DateTimeFormat {
  let it = formats.get(zone);
  if (!it) {
    it = new Intl.DateTimeFormat('en-US', {
      timeZone: zone,
      hourCycle: 'h23',
      era: 'short',
      year: 'numeric',
      month: 'numeric',
      day: 'numeric',
      hour: 'numeric',
      minute: 'numeric',
      second: 'numeric',
    });
    formats.set(zone, it);
  }
  return it;
}

/** What the wall of a zone shows at an instant, as milliseconds as if it were UTC. */
export function wallOf(at: number, zone: string): number {
  const parts: Record<string, number> = {};
  for (const { type, value } of format(zone).formatToParts(at)) parts[type] = Number(value);
  return Date.UTC(
    parts['year']!,
    parts['month']! - 1,
    parts['day']!,
    parts['hour']!,
    parts['minute']!,
    parts['second']!,
  );
}

/** By how much a zone is ahead of UTC at an instant. */
export const offsetOf = (at: number, zone: string): number => wallOf(at, zone) - Math.floor(at / 1000) * 1000;

export function isZone(zone: string): boolean {
  try {
    format(zone);
    return true;
  } catch {
    return false;
  }
}

/** The zone of this browser. */
export const ownZone = (): string => Intl.DateTimeFormat().resolvedOptions().timeZone;

/** Names of today that some browsers list by older ones only (Katmandu, Kiev, Calcutta). */
const RENAMED = [
  'America/Argentina/Buenos_Aires',
  'America/Nuuk',
  'Asia/Ho_Chi_Minh',
  'Asia/Kathmandu',
  'Asia/Kolkata',
  'Asia/Yangon',
  'Atlantic/Faroe',
  'Europe/Kyiv',
];

let names: string[] | undefined;
/** All zones, by their names. */
export function zones(): string[] {
  names ??= [...new Set(['UTC', ...Intl.supportedValuesOf('timeZone'), ...RENAMED.filter(isZone)])].sort();
  return names;
}

/** "UTC+1", as the zone has it at that time. */
export function shortOffset(zone: string, at = Date.now()): string {
  const minutes = Math.round(offsetOf(at, zone) / 60_000);
  const sign = minutes < 0 ? '−' : '+';
  const [hours, rest] = [Math.floor(Math.abs(minutes) / 60), Math.abs(minutes) % 60];
  return `UTC${sign}${hours}${rest ? `:${String(rest).padStart(2, '0')}` : ''}`;
}
