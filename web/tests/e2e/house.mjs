// A real server for the browser: the program itself, over a folder of its own, with receivers and an API to watch beside it.
import { spawn } from 'node:child_process';
import { randomUUID } from 'node:crypto';
import { mkdtemp, rm } from 'node:fs/promises';
import { createServer } from 'node:http';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { once } from 'node:events';
import { createInterface } from 'node:readline';
import { fileURLToPath } from 'node:url';

export const program =
  process.env.POSTERN_BIN ?? fileURLToPath(new URL('../../../target/debug/postern', import.meta.url));

/** Starts a server; `env` adds settings. It can be killed and started again over the same folder and port. */
export async function house({ port = 0, env = {}, args = [] } = {}) {
  const folder = await mkdtemp(join(tmpdir(), 'postern-web-'));
  const key = `key-${randomUUID()}`;
  const it = { key, folder, child: undefined, url: undefined, port, lines: [] };

  it.start = async () => {
    const child = spawn(
      program,
      ['serve', '--listen', `127.0.0.1:${it.port}`, '--data-dir', folder, ...args],
      {
        env: {
          ...process.env,
          POSTERN_BOOTSTRAP_API_KEY: key,
          POSTERN_EGRESS_WEBHOOKS_ALLOW: '127.0.0.0/8',
          POSTERN_EGRESS_MONITORS_ALLOW: '127.0.0.0/8',
          POSTERN_LOG: 'warn',
          ...env,
        },
        stdio: ['ignore', 'pipe', 'pipe'],
      },
    );
    it.child = child;
    const listening = new Promise((found, lost) => {
      child.once('exit', (code) => lost(new Error(`the server ended with ${code}:\n${it.lines.join('\n')}`)));
      for (const stream of [child.stdout, child.stderr])
        createInterface({ input: stream }).on('line', (line) => {
          it.lines.push(line);
          const address = /^listening on (http:\S+)/.exec(line)?.[1];
          if (address) found(address);
        });
    });
    it.url = await listening;
    it.port = Number(new URL(it.url).port);
    // What is printed after the address: the one-time link of a first start.
    await new Promise((done) => setTimeout(done, 100));
    return it;
  };
  it.link = () => it.lines.map((line) => /(http\S+\/welcome#\S+)/.exec(line)?.[1]).find(Boolean);
  it.kill = async (signal = 'SIGKILL') => {
    if (!it.child || it.child.exitCode !== null || it.child.signalCode) return;
    const ended = once(it.child, 'exit');
    it.child.kill(signal);
    await ended;
  };
  it.stop = async () => {
    await it.kill('SIGTERM');
    await rm(folder, { recursive: true, force: true });
  };
  /** Calls the API as the first admin; what is not 2xx is thrown. */
  it.call = async (method, path, body) => {
    const options = { method, headers: { 'x-api-key': key } };
    if (body !== undefined) {
      options.headers['content-type'] = 'application/json';
      options.body = JSON.stringify(body);
    }
    const response = await fetch(`${it.url}/api${path}`, options);
    const text = await response.text();
    if (!response.ok) throw new Error(`${method} ${path}: ${response.status} ${text.slice(0, 500)}`);
    return text ? JSON.parse(text) : undefined;
  };
  return it.start();
}

/** A server whose answer is a function of the request: `(request, body) => ({status, headers, body, delayMs})`. */
export async function receiver(answer) {
  const seen = [];
  const server = createServer((request, response) => {
    const parts = [];
    request.on('data', (part) => parts.push(part));
    request.on('end', () => {
      const body = Buffer.concat(parts);
      const arrived = {
        method: request.method,
        path: request.url,
        headers: request.headers,
        body,
        text: body.toString(),
      };
      seen.push(arrived);
      const { status = 204, headers = {}, body: text = '', delayMs = 0 } = answer(arrived, seen.length) ?? {};
      setTimeout(() => {
        response.writeHead(status, headers);
        response.end(text);
      }, delayMs);
    });
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  const url = `http://127.0.0.1:${server.address().port}`;
  const close = () => {
    server.closeAllConnections();
    return new Promise((done) => server.close(done));
  };
  return { url, seen, close };
}

/** Waits until what is asked is truthy, and answers it. */
export async function until(what, ask, { within = 20_000, every = 100 } = {}) {
  const end = Date.now() + within;
  let last;
  while (Date.now() < end) {
    try {
      last = await ask();
      if (last) return last;
    } catch (error) {
      last = error;
    }
    await new Promise((done) => setTimeout(done, every));
  }
  throw new Error(
    `waited ${within} ms for ${what}; last: ${last instanceof Error ? last.message : JSON.stringify(last)}`,
  );
}
