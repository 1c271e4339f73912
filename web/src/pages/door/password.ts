/** What a password has to be, told beforehand. */
export const PASSWORD_RULE = '8 to 256 characters. A few words are easy to keep and hard to guess.';

export function faultOfPassword(text: string): string | null {
  const length = [...text].length;
  if (length < 8) return 'At least 8 characters';
  if (length > 256) return 'At most 256 characters';
  return null;
}
