// The app of a house: its own, or with WEB_DIST another build of it, so that a page can be tried without building the program anew.
import { createReadStream, existsSync } from 'node:fs';
import { createServer } from 'node:http';
import { once } from 'node:events';
import { extname, join } from 'node:path';
import { pass } from './proxy.mjs';

const DIST = process.env.WEB_DIST;
const TYPES = { '.html': 'text/html', '.js': 'text/javascript', '.css': 'text/css', '.svg': 'image/svg+xml' };

/** The address of the app, and how to end what serves it. */
export async function appOf(house) {
  const own = await fetch(house.url);
  if (!DIST && !own.headers.get('content-type')?.includes('text/html'))
    throw new Error('the program was built without the web app');
  if (!DIST) return { url: house.url, close: () => undefined };
  if (!existsSync(join(DIST, 'index.html'))) throw new Error(`there is no app in ${DIST}`);
  const rules = own.headers.get('content-security-policy');
  const server = createServer((request, response) => {
    const { pathname } = new URL(request.url, house.url);
    if (/^\/(api|in)\//.test(pathname)) return pass(house.url, request.url, request, response);
    const wanted = join(DIST, pathname);
    const found = extname(pathname) && existsSync(wanted) ? wanted : join(DIST, 'index.html');
    const headers = { 'content-type': TYPES[extname(found)] ?? 'application/octet-stream' };
    if (rules && found.endsWith('.html')) headers['content-security-policy'] = rules;
    const isPacked = existsSync(`${found}.br`);
    if (isPacked) headers['content-encoding'] = 'br';
    response.writeHead(200, headers);
    createReadStream(isPacked ? `${found}.br` : found).pipe(response);
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  const close = () => {
    server.closeAllConnections();
    server.close();
  };
  return { url: `http://127.0.0.1:${server.address().port}`, close };
}
