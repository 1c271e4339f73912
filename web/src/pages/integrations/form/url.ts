const MOST = 2048;

/** What is wrong with a receiver's URL; the server says the same of the same. While somebody types, what may yet become a URL is none. */
export function urlProblem(text: string, typing = false): string | null {
  const url = text.trim();
  if (typing && ('https://'.startsWith(url.toLowerCase()) || /^https?:\/\/?$/i.test(url))) return null;
  if (url === '') return 'Where it is sent: a full URL, such as https://example.com/hooks';
  if (!/^https?:\/\//i.test(url))
    return /^[a-z][a-z0-9+.-]*:\/\//i.test(url)
      ? 'A webhook goes to http or https, nothing else'
      : 'Begin with https://';
  if (url.length > MOST) return `At most ${MOST} characters`;
  let parsed: URL;
  try {
    parsed = new URL(url);
  } catch {
    return /\s/.test(url) ? 'A URL holds no spaces' : 'This is not a URL: expected https://host/path';
  }
  if (!parsed.hostname) return 'A host is missing: https://host/path';
  if (parsed.username || parsed.password)
    return 'Leave user and password out, and set them under “How the receiver knows us”';
  if (parsed.hash) return 'Leave out what follows #: it would never be sent';
  return null;
}

/** What one should know of a URL that is right as it is. */
export function urlNote(text: string): string | null {
  if (urlProblem(text) !== null) return null;
  const { protocol, hostname } = new URL(text.trim());
  if (isPrivate(hostname))
    return 'A private address. The server reaches it only if its configuration opens it (egress.webhooks.allow).';
  return protocol === 'http:' ? 'Not encrypted: whoever stands in between can read what is sent.' : null;
}

const isPrivate = (host: string) =>
  /^(localhost|.+\.(localhost|local|internal|lan)|\[(::1|f[cd].*)\])$/i.test(host) ||
  /^(127|10|192\.168|172\.(1[6-9]|2\d|3[01])|169\.254)(\.\d+)+$/.test(host);
