import { nameOf, text, valueOf, type Auth, type Doc, type Item, type Pair } from '../document/model';

const NAMES: Record<string, string> = {
  apikey: 'API key',
  awsv4: 'AWS Signature',
  basic: 'Basic auth',
  bearer: 'Bearer token',
  digest: 'Digest auth',
  edgegrid: 'Akamai EdgeGrid',
  hawk: 'Hawk',
  jwt: 'JWT bearer',
  noauth: 'No auth',
  ntlm: 'NTLM',
  oauth1: 'OAuth 1.0',
  oauth2: 'OAuth 2.0',
};

export const authName = (auth: Auth): string => NAMES[text(auth.type)] ?? (text(auth.type) || 'Unknown');

/** What an auth says besides its type; v2.0 has an object where v2.1 has a list. */
export function authPairs(auth: Auth): Pair[] {
  const fields = auth[text(auth.type)];
  if (Array.isArray(fields)) return fields as Pair[];
  if (typeof fields !== 'object' || fields === null) return [];
  return Object.entries(fields).map(([key, value]) => ({ key, value: valueOf(value) }));
}

/** The auth that holds for an item, and whose it is if it isn't its own. */
export function holding(
  doc: Doc,
  folders: Item[],
  own: Auth | null | undefined,
): { auth: Auth; from?: string } | undefined {
  if (own) return { auth: own };
  const folder = folders.findLast((it) => it.auth);
  if (folder?.auth) return { auth: folder.auth, from: nameOf(folder) };
  return doc.auth ? { auth: doc.auth, from: text(doc.info?.name) } : undefined;
}
