// Serves the built app before a house whose program was built without it. Goes away once every program has it.
import { createReadStream, existsSync } from 'node:fs';
import { createServer, request as ask } from 'node:http';
import { once } from 'node:events';
import { extname, join } from 'node:path';
import { fileURLToPath } from 'node:url';

const DIST = process.env.WEB_DIST ?? fileURLToPath(new URL('../../dist', import.meta.url));
const TYPES = {
  '.html': 'text/html; charset=utf-8',
  '.js': 'text/javascript',
  '.css': 'text/css',
  '.svg': 'image/svg+xml',
  '.woff2': 'font/woff2',
};
const RULES =
  "default-src 'self'; script-src 'self'; style-src 'self' 'unsafe-inline'; img-src 'self' data:; font-src 'self'; " +
  "connect-src 'self'; object-src 'none'; base-uri 'self'; form-action 'self'; frame-ancestors 'none'";

/** The address of the app of a house, and how to end what serves it. */
export async function appOf(house) {
  const answer = await fetch(house.url, { headers: { accept: 'text/html' } });
  if (answer.headers.get('content-type')?.includes('text/html'))
    return { url: house.url, close: () => undefined };
  if (!existsSync(join(DIST, 'index.html'))) throw new Error('build the app first: npm run build');
  const server = createServer((request, response) => {
    const { pathname } = new URL(request.url, 'http://localhost');
    if (/^\/(api|in)\//.test(pathname)) return pass(house, request, response);
    const wanted = join(DIST, pathname);
    const found = extname(pathname) && existsSync(wanted) ? wanted : join(DIST, 'index.html');
    const headers = { 'content-type': TYPES[extname(found)] ?? 'application/octet-stream' };
    const zipped = existsSync(`${found}.gz`);
    if (zipped) headers['content-encoding'] = 'gzip';
    if (found.endsWith('.html')) headers['content-security-policy'] = RULES;
    response.writeHead(200, headers);
    createReadStream(zipped ? `${found}.gz` : found).pipe(response);
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  const close = () => {
    server.closeAllConnections();
    server.close();
  };
  // A program without the app may be one without the stream.
  const allow = [/404 .*\/api\/stream$/];
  return { url: `http://127.0.0.1:${server.address().port}`, close, allow };
}

function pass(house, request, response) {
  const { port, hostname } = new URL(house.url);
  const options = {
    hostname,
    port,
    path: request.url,
    method: request.method,
    headers: request.headers,
  };
  const onward = ask(options, (answer) => {
    response.writeHead(answer.statusCode, answer.headers);
    answer.pipe(response);
  });
  onward.on('error', () => response.destroy());
  response.on('close', () => onward.destroy());
  request.pipe(onward);
}
