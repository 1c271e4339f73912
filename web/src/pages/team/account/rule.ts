/** What a password has to be, told beforehand. */
export const PASSWORD_RULE = '8 to 256 characters. Several words are easier to keep than signs.';

export function faultOfPassword(text: string): string | null {
  if (text.length < 8) return 'At least 8 characters';
  if (text.length > 256) return 'At most 256 characters';
  return null;
}
