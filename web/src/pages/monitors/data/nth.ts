/** "1st", "22nd", "13th". */
export function ordinal(value: number): string {
  const tens = value % 100;
  const end = tens > 10 && tens < 14 ? 'th' : ({ 1: 'st', 2: 'nd', 3: 'rd' }[value % 10] ?? 'th');
  return `${value}${end}`;
}

/** "first", "second", "third", "4th". */
export const nth = (value: number): string =>
  ({ 1: 'first', 2: 'second', 3: 'third' })[value] ?? ordinal(value);
