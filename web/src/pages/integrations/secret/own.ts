/** What is wrong with a secret that somebody brings along. */
export function ownSecretProblem(text: string): string | null {
  const [, base64] = /^whsec_(.*)$/.exec(text.trim()) ?? [];
  if (base64 === undefined) return 'It begins with whsec_';
  let bytes: number;
  try {
    bytes = atob(base64).length;
  } catch {
    return 'What follows whsec_ is not base64';
  }
  return bytes < 24 || bytes > 64 ? `24 to 64 bytes; this has ${bytes}` : null;
}
