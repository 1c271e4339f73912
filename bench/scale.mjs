// What size costs: a cold start, a million deliveries that wait for a dead receiver beside 99 that live, and a hundred
// thousand monitors, at rest and due. SQLite; the rows are written by python3 while no server has the file.

import { execFileSync } from "node:child_process";
import { mkdtempSync, readFileSync, rmSync } from "node:fs";
import { createServer } from "node:http";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { cpuOf, median, row, start, stop } from "./measure.mjs";

const ROUNDS = Number(process.env.ROUNDS ?? 5);
const EVENTS = Number(process.env.EVENTS ?? 10_000);
const WAITING = Number(process.env.WAITING ?? 1_000_000);
const LIVING = Number(process.env.LIVING ?? 99);
const MONITORS = Number(process.env.MONITORS ?? 100_000);
const KEY = "bench-key-0123456789abcdef0123456789";
const target = new URL("../target/release/", import.meta.url).pathname;

const headers = { "x-api-key": KEY, "content-type": "application/json" };
const serve = (folder) =>
  start(join(target, "postern"), ["serve", "--data-dir", folder, "--listen", "127.0.0.1:0", "--log", "warn"], {
    env: { POSTERN_BOOTSTRAP_API_KEY: KEY, POSTERN_EGRESS_WEBHOOKS_ALLOW: "127.0.0.1/32", POSTERN_EGRESS_MONITORS_ALLOW: "127.0.0.1/32" },
  });
async function post(server, path, body) {
  const answer = await fetch(`${server.base}/api${path}`, { method: "POST", headers, body: JSON.stringify(body) });
  const text = await answer.text();
  if (!answer.ok) throw new Error(`${path}: ${answer.status} ${text}`);
  return JSON.parse(text);
}
const integrate = (server, name, url, types) =>
  post(server, "/integrations", { integration: { name, event: "custom", config: { url }, options: { types } } });
const mebibytes = (server) => Number(/VmRSS:\s+(\d+)/.exec(readFileSync(`/proc/${server.child.pid}/status`, "utf8"))[1]) / 1024;
const sleep = (ms) => new Promise((resolve) => setTimeout(resolve, ms));
const fresh = () => mkdtempSync(join(tmpdir(), "postern-scale-"));
/** Runs SQL's worth of Python on the database of a folder. */
const python = (folder, program, ...args) => execFileSync("python3", ["-c", program, join(folder, "postern.db"), ...args.map(String)]);

/** A receiver that says when something came. */
let arrived = () => {};
const receiver = createServer((request, response) => {
  request.resume().on("end", () => {
    arrived();
    response.writeHead(204).end();
  });
});
await new Promise((resolve) => receiver.listen(0, "127.0.0.1", resolve));
const url = `http://127.0.0.1:${receiver.address().port}/hook`;
const next = () => new Promise((resolve) => (arrived = resolve));

async function coldStarts() {
  const nothing = [];
  const again = [];
  for (let round = 0; round < ROUNDS; round += 1) {
    const folder = fresh();
    for (const list of [nothing, again]) {
      const begun = performance.now();
      const server = await serve(folder);
      if (list === nothing) await integrate(server, "First", url, []);
      const came = next();
      await post(server, "/events", { event: { type: "bench", payload: {} } });
      await came;
      list.push(performance.now() - begun);
      await stop(server);
    }
    rmSync(folder, { recursive: true });
  }
  row("cold start to the first delivery, from nothing", `${median(nothing).toFixed(0)} ms`);
  row("cold start to the first delivery", `${median(again).toFixed(0)} ms`);
}

const DELIVERIES = `
import os, sqlite3, sys
db = sqlite3.connect(sys.argv[1])
row = db.execute("SELECT d.team, d.id, d.event, d.integration, d.shard, d.created_at FROM deliveries d LIMIT 1").fetchone()
team, first, event, integration, shard, now = row
# In the order of time, as the real ones are.
id = lambda number: first[:7] + (number + 1).to_bytes(9, "big")
rows = ((team, id(number), event, integration, shard, "scheduled", now, "automatic", 0, 0, now, now) for number in range(int(sys.argv[2])))
db.executemany("INSERT INTO deliveries (team, id, event, integration, shard, state, due_at, triggered_by, attempts, made, created_at, updated_at) VALUES (?,?,?,?,?,?,?,?,?,?,?,?)", rows)
db.commit()
db.execute("PRAGMA wal_checkpoint(TRUNCATE)")
`;

async function waiting() {
  const answers = [];
  const load = await start(join(target, "postern-load"), ["deliver"], { onLine: (line) => answers.shift()?.(JSON.parse(line)) });
  const order = (server) =>
    new Promise((resolve) => {
      answers.push((figures) => resolve(EVENTS / figures.seconds));
      const what = { publish: `${server.base}/api/events`, key: KEY, events: EVENTS, publishers: 64, types: LIVING };
      load.child.stdin.write(`${JSON.stringify(what)}\n`);
    });
  const rates = async (server) => {
    const seen = [];
    for (let round = 0; round < ROUNDS; round += 1) seen.push(await order(server));
    return median(seen);
  };
  const folder = fresh();
  let server = await serve(folder);
  for (let one = 0; one < LIVING; one += 1) await integrate(server, `Lives ${one}`, `${load.base}/hook`, [`bench.event.${one}`]);
  const before = await rates(server);
  const dead = createServer();
  await new Promise((resolve) => dead.listen(0, "127.0.0.1", resolve));
  const gone = `http://127.0.0.1:${dead.address().port}/`;
  await new Promise((resolve) => dead.close(resolve));
  await integrate(server, "Dead", gone, ["dead"]);
  await post(server, "/events", { event: { type: "dead", payload: {} } });
  await sleep(200);
  await stop(server);
  python(folder, DELIVERIES, WAITING);
  const begun = performance.now();
  server = await serve(folder);
  const started = performance.now() - begun;
  const after = await rates(server);
  row(`start with ${WAITING} deliveries waiting for a dead receiver`, `${started.toFixed(0)} ms`);
  row(`events/s for ${LIVING} that live, without them`, before.toFixed(0));
  row(`events/s for ${LIVING} that live, beside them`, `${after.toFixed(0)} (${((after / before - 1) * 100).toFixed(0)} %)`);
  row("memory then", `${mebibytes(server).toFixed(1)} MiB`);
  await stop(server);
  await stop(load);
  rmSync(folder, { recursive: true });
}

const RESTING = `
import os, sqlite3, sys
db = sqlite3.connect(sys.argv[1])
names = [c[1] for c in db.execute("PRAGMA table_info(monitors)")]
row = dict(zip(names, db.execute("SELECT * FROM monitors LIMIT 1").fetchone()))
def copies():
    for number in range(int(sys.argv[2])):
        id = os.urandom(16)
        yield tuple({**row, "id": id, "shard": number % 256}[name] for name in names)
db.executemany("INSERT INTO monitors (%s) VALUES (%s)" % (",".join(names), ",".join("?" * len(names))), copies())
db.commit()
db.execute("PRAGMA wal_checkpoint(TRUNCATE)")
`;

/** A folder with one paused monitor of these requests, and as many like it as this program writes. */
async function monitored(item, program) {
  const folder = fresh();
  const server = await serve(folder);
  const document = { info: { name: "Bench", schema: "https://schema.getpostman.com/json/collection/v2.1.0/collection.json" }, item };
  const { collection } = await post(server, "/collections", { collection: document });
  const monitor = { name: "Hourly", collection: collection.uid, active: false, schedule: { cron: "0 * * * *", timezone: "UTC" } };
  await post(server, "/monitors", { monitor });
  await stop(server);
  python(folder, program, MONITORS);
  return folder;
}

async function resting() {
  const folder = await monitored([], RESTING);
  const server = await serve(folder);
  await sleep(5_000);
  const before = cpuOf(server.child.pid);
  await sleep(20_000);
  row(`idle with ${MONITORS} paused monitors`, `${((cpuOf(server.child.pid) - before) / 0.2).toFixed(2)} % of a core, ${mebibytes(server).toFixed(1)} MiB`);
  await stop(server);
  rmSync(folder, { recursive: true });
}

const DUE = `
import os, sqlite3, sys, time
db = sqlite3.connect(sys.argv[1])
names = [c[1] for c in db.execute("PRAGMA table_info(monitors)")]
row = dict(zip(names, db.execute("SELECT * FROM monitors LIMIT 1").fetchone()))
count = int(sys.argv[2])
def copies():
    for number in range(count):
        due = int((time.time() + 10) * 1000) + number * 3600000 // count
        yield tuple({**row, "id": os.urandom(16), "shard": number % 256, "active": 1, "next_due_at": due}[name] for name in names)
db.executemany("INSERT INTO monitors (%s) VALUES (%s)" % (",".join(names), ",".join("?" * len(names))), copies())
db.commit()
db.execute("PRAGMA wal_checkpoint(TRUNCATE)")
`;

const LATE = `
import json, sqlite3, sys
db = sqlite3.connect(sys.argv[1])
runs = db.execute("SELECT started_at - due_at, status FROM runs WHERE triggered_by = 'schedule' AND started_at IS NOT NULL").fetchall()
late = sorted(late for late, _ in runs)
print(json.dumps({"runs": len(runs), "succeeded": sum(status == "success" for _, status in runs), "p50": late[len(late) // 2], "p99": late[len(late) * 99 // 100]}))
`;

/** Hourly monitors, spread over the hour: how late their runs begin. */
async function due() {
  const item = [1, 2].map((number) => ({ name: `Request ${number}`, request: { method: "GET", url } }));
  const folder = await monitored(item, DUE);
  const server = await serve(folder);
  await sleep(15_000);
  const before = cpuOf(server.child.pid);
  await sleep(60_000);
  const busy = cpuOf(server.child.pid) - before;
  const memory = mebibytes(server);
  await stop(server);
  const seen = JSON.parse(python(folder, LATE));
  row(`runs of ${MONITORS} hourly monitors, two requests each, in about 70 s`, `${seen.runs}, of them succeeded ${seen.succeeded}`);
  row("a run begins after its time, p50 / p99", `${seen.p50} / ${seen.p99} ms`);
  row("the server then, without its runs' processes", `${(busy / 0.6).toFixed(0)} % of a core, ${memory.toFixed(0)} MiB`);
  rmSync(folder, { recursive: true });
}

row("what", "figure");
row("---", "---");
try {
  await coldStarts();
  await waiting();
  await resting();
  await due();
} finally {
  receiver.close();
  receiver.closeAllConnections();
}
