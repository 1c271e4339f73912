// Events published to a server on SQLite and received by a sink, beside the same publisher posting straight to the
// same sink. Medians of ROUNDS rounds of EVENTS events with PUBLISHERS publishers.

import { spawn } from "node:child_process";
import { mkdtempSync, rmSync } from "node:fs";
import { Agent, request } from "node:http";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { cpuOf, listen, median, row } from "./measure.mjs";

const ROUNDS = Number(process.env.ROUNDS ?? 5);
const EVENTS = Number(process.env.EVENTS ?? 5000);
const PUBLISHERS = Number(process.env.PUBLISHERS ?? 64);
const KEY = "bench-key-0123456789abcdef0123456789";
const postern = new URL("../target/release/postern", import.meta.url).pathname;
const agent = new Agent({ keepAlive: true, maxSockets: PUBLISHERS });
const payload = { text: "x".repeat(1000) };

let received = 0;
let enough = () => {};
const sink = await listen((incoming, response) => {
  incoming.resume();
  incoming.on("end", () => {
    response.statusCode = 204;
    response.end();
    received += 1;
    enough();
  });
});

function post(url, body) {
  return new Promise((resolve, reject) => {
    const text = JSON.stringify(body);
    const outgoing = request(url, {
      method: "POST",
      agent,
      headers: { "content-type": "application/json", "content-length": Buffer.byteLength(text), "x-api-key": KEY },
    }, (response) => {
      let answer = "";
      response.on("data", (data) => { answer += data; });
      response.on("end", () => (response.statusCode < 300 ? resolve(answer) : reject(new Error(`${response.statusCode} ${answer}`))));
    });
    outgoing.on("error", reject);
    outgoing.end(text);
  });
}

/** Posts EVENTS bodies and waits until the sink has them all: events a second. */
async function round(url, body) {
  received = 0;
  const all = new Promise((resolve) => { enough = () => { if (received >= EVENTS) resolve(); }; });
  const start = process.hrtime.bigint();
  let left = EVENTS;
  await Promise.all(Array.from({ length: PUBLISHERS }, async () => {
    while (left > 0) {
      left -= 1;
      await post(url, body);
    }
  }));
  await all;
  return EVENTS / (Number(process.hrtime.bigint() - start) / 1e9);
}

const folder = mkdtempSync(join(tmpdir(), "postern-bench-"));
const server = spawn(postern, ["serve", "--data-dir", folder, "--listen", "127.0.0.1:0"], {
  env: { ...process.env, POSTERN_BOOTSTRAP_API_KEY: KEY, POSTERN_EGRESS_WEBHOOKS_ALLOW: "127.0.0.1/32" },
  stdio: ["ignore", "pipe", "pipe"],
});
const base = await new Promise((resolve, reject) => {
  let seen = "";
  const look = (data) => {
    seen += data;
    const found = seen.match(/http:\/\/127\.0\.0\.1:\d+/);
    if (found) resolve(found[0]);
  };
  server.stdout.on("data", look);
  server.stderr.on("data", look);
  server.on("exit", () => reject(new Error(`postern ended: ${seen}`)));
});
try {
  await post(`${base}/api/integrations`, {
    integration: { name: "Sink", connector: "webhooks", event: "custom", config: { url: `${sink.base}/hook` } },
  });
  const rates = { straight: [], postern: [] };
  const cpu = [];
  for (let index = 0; index < ROUNDS; index += 1) {
    rates.straight.push(await round(`${sink.base}/hook`, payload));
    const before = cpuOf(server.pid);
    rates.postern.push(await round(`${base}/api/events`, { event: { type: "bench.event", payload } }));
    cpu.push(((cpuOf(server.pid) - before) * 1000) / EVENTS);
  }
  console.log(`${EVENTS} events of 1 KiB, ${PUBLISHERS} publishers, SQLite; medians of ${ROUNDS} rounds, in turn.\n`);
  row("what", "events/s", "server's CPU, ms each", "of straight");
  row("---", "---", "---", "---");
  row("straight to the sink", median(rates.straight).toFixed(0), "", "");
  row("through Postern", median(rates.postern).toFixed(0), median(cpu).toFixed(3), `1/${(median(rates.straight) / median(rates.postern)).toFixed(1)}`);
} finally {
  server.kill("SIGTERM");
  await new Promise((resolve) => server.on("exit", resolve));
  rmSync(folder, { recursive: true });
  sink.server.close();
  agent.destroy();
}
