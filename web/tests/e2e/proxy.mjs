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
    pass(it.to, request.url.slice(prefix.length) || '/', request, response);
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

/** Passes a request on to a path of another server, and the answer back. */
export function pass(to, path, request, response) {
  const { hostname, port } = new URL(to);
  const { method, headers } = request;
  const onward = ask({ hostname, port, path, method, headers }, (answer) => {
    response.writeHead(answer.statusCode, answer.headers);
    // A server that is killed takes its streams with it.
    answer.on('error', () => response.destroy());
    answer.pipe(response);
  });
  onward.on('error', () => response.destroy());
  response.on('close', () => onward.destroy());
  request.pipe(onward);
}
