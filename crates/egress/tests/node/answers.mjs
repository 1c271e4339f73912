// What Node's own HTTP client makes of odd answers: the measure of how lenient egress has to be.
//
// Reads a JSON list of { method, answer } from standard input, `answer` being the raw bytes as Latin-1, and prints a list
// of { status, reason, version, headers, body } or { error }, in the same order. Each answer is given by a bare socket,
// which then closes.
import http from 'node:http';
import net from 'node:net';

async function ask({ method, answer }) {
  const server = net.createServer((socket) => {
    socket.on('error', () => {});
    socket.once('data', () => socket.end(Buffer.from(answer, 'latin1')));
  });
  await new Promise((done) => server.listen(0, '127.0.0.1', done));
  try {
    return await exchange(method, server.address().port);
  } finally {
    server.close();
  }
}

function exchange(method, port) {
  return new Promise((done) => {
    const fail = (error) => done({ error: error.code ?? error.message });
    const request = http.request({ host: '127.0.0.1', port, method, agent: false });
    request.on('error', fail);
    request.on('close', () => fail({ message: 'closed' }));
    request.setTimeout(2000, () => fail({ message: 'silence' }));
    request.on('response', (response) => {
      const pieces = [];
      response.on('error', fail);
      response.on('data', (piece) => pieces.push(piece));
      response.on('end', () => done({
        status: response.statusCode,
        reason: response.statusMessage,
        version: `HTTP/${response.httpVersion}`,
        headers: response.rawHeaders,
        body: Buffer.concat(pieces).toString('latin1'),
      }));
    });
    request.end();
  });
}

let text = '';
for await (const piece of process.stdin) text += piece;
const outcomes = [];
for (const each of JSON.parse(text)) outcomes.push(await ask(each));
process.stdout.write(JSON.stringify(outcomes));
