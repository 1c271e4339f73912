// A reverse proxy as people put one in front: it takes the first part of the path away and passes the rest on.
import { createServer, request as ask } from 'node:http';
import { once } from 'node:events';

/** Begins on a free port; `to` is the address behind it, which may be given later. */
export async function proxy(prefix) {
  const it = { to: undefined };
  const server = createServer((request, response) => {
    if (!request.url.startsWith(prefix)) {
      response.writeHead(404).end();
      return;
    }
    const { hostname, port } = new URL(it.to);
    const { method, headers, url } = request;
    const path = url.slice(prefix.length) || '/';
    const onward = ask({ hostname, port, method, headers, path }, (answer) => {
      response.writeHead(answer.statusCode, answer.headers);
      answer.pipe(response);
    });
    onward.on('error', () => response.destroy());
    response.on('close', () => onward.destroy());
    request.pipe(onward);
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  it.url = `http://127.0.0.1:${server.address().port}${prefix}`;
  it.close = () => {
    server.closeAllConnections();
    server.close();
  };
  return it;
}
