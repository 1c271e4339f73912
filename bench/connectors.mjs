// What a connector costs beside the plain webhook: the same events to the same sink, once as they are and once through a transform in its
// walled process, in turn.

import { mkdtempSync, readFileSync, readdirSync, rmSync } from "node:fs";
import { createServer } from "node:http";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { cpuOf, median, row, start, stop } from "./measure.mjs";

const ROUNDS = Number(process.env.ROUNDS ?? 5);
const EVENTS = Number(process.env.EVENTS ?? 2_000);
const PUBLISHERS = 16;
const KEY = "bench-key-0123456789abcdef0123456789";
const target = new URL("../target/release/", import.meta.url).pathname;

let received = 0;
let whole = () => {};
const sink = createServer((request, response) => {
  request.resume().on("end", () => {
    response.end("ok");
    received += 1;
    if (received === EVENTS) whole();
  });
});
await new Promise((resolve) => sink.listen(0, "127.0.0.1", resolve));
const url = `http://127.0.0.1:${sink.address().port}`;

const folder = mkdtempSync(join(tmpdir(), "postern-bench-"));
const server = await start(join(target, "postern"), ["serve", "--data-dir", folder, "--listen", "127.0.0.1:0", "--log", "warn"], {
  env: { POSTERN_BOOTSTRAP_API_KEY: KEY, POSTERN_EGRESS_WEBHOOKS_ALLOW: "127.0.0.1/32" },
});
const headers = { "x-api-key": KEY, "content-type": "application/json" };

async function asked(method, path, body) {
  const answer = await fetch(`${server.base}/api${path}`, { method, headers, body: JSON.stringify(body) });
  const text = await answer.text();
  if (!answer.ok) throw new Error(`${path}: ${answer.status} ${text}`);
  return JSON.parse(text);
}

/** Processor seconds of the server and its children so far. */
function cpu() {
  const pid = server.child.pid;
  // A child belongs to the thread that made it.
  const children = readdirSync(`/proc/${pid}/task`).flatMap((task) => readFileSync(`/proc/${pid}/task/${task}/children`, "utf8").trim().split(" ").filter(Boolean));
  return [pid, ...children].reduce((sum, one) => sum + cpuOf(one), 0);
}

async function round(type) {
  received = 0;
  const all = new Promise((resolve) => { whole = resolve; });
  const [began, before] = [performance.now(), cpu()];
  let next = 0;
  await Promise.all(Array.from({ length: PUBLISHERS }, async () => {
    for (; next < EVENTS;) {
      const number = next++;
      await asked("POST", "/events", { event: { type, payload: { number, text: "x".repeat(900) } } });
    }
  }));
  await all;
  return { rate: (EVENTS * 1000) / (performance.now() - began), cpu: ((cpu() - before) * 1000) / EVENTS };
}

try {
  const make = (name, connector, config) =>
    asked("POST", "/integrations", { integration: { name, connector, event: "custom", config, options: { types: [name] } } });
  await make("plain", "webhooks", { url: `${url}/hook` });
  await make("connector", "mattermost", { fields: { url: `${url}/hooks/${"a".repeat(26)}` } });
  const seen = { plain: [], connector: [] };
  await round("connector");
  for (let count = 0; count < ROUNDS; count += 1) {
    for (const type of ["plain", "connector"]) seen[type].push(await round(type));
  }
  console.log(`${EVENTS} events of 1 KiB, ${PUBLISHERS} publishers; medians of ${ROUNDS} rounds, in turn.\n`);
  row("what", "events/s", "CPU ms each", "of plain");
  row("---", "---", "---", "---");
  const rate = (type) => median(seen[type].map((one) => one.rate));
  for (const type of ["plain", "connector"]) {
    const each = median(seen[type].map((one) => one.cpu));
    row(type === "plain" ? "webhooks" : "the connector Mattermost", rate(type).toFixed(0), each.toFixed(2), `1/${(rate("plain") / rate(type)).toFixed(1)}`);
  }
} finally {
  await stop(server);
  sink.close();
  rmSync(folder, { recursive: true });
}
