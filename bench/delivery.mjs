// Events published to a server and received from it, beside the same publisher posting straight to the same sink.
// One process publishes and receives (`postern-load deliver`). ENGINES is "sqlite", "postgres" or both with a comma;
// PostgreSQL needs POSTERN_TEST_POSTGRES_URL, as `scripts/with-postgres` sets it.

import { mkdtempSync, readdirSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { cpuOf, median, row, start, stop } from "./measure.mjs";

const ROUNDS = Number(process.env.ROUNDS ?? 5);
const EVENTS = Number(process.env.EVENTS ?? 20_000);
const PUBLISHERS = Number(process.env.PUBLISHERS ?? 64);
const ENGINES = (process.env.ENGINES ?? (process.env.POSTERN_TEST_POSTGRES_URL ? "sqlite,postgres" : "sqlite")).split(",");
const KEY = "bench-key-0123456789abcdef0123456789";
const target = new URL("../target/release/", import.meta.url).pathname;

const answers = [];
const load = await start(join(target, "postern-load"), ["deliver"], { onLine: (line) => answers.shift()?.(JSON.parse(line)) });

/** Publishes and receives as ordered; what was seen. */
function order(what) {
  return new Promise((resolve, reject) => {
    answers.push((figures) => (figures.received === what.events * (what.copies ?? 1) ? resolve(figures) : reject(new Error(`received ${figures.received} of ${what.events}`))));
    load.child.stdin.write(`${JSON.stringify(what)}\n`);
  });
}

/** Processor seconds of PostgreSQL's processes so far: those that live; it keeps its connections. */
function cpuOfPostgres() {
  return readdirSync("/proc").filter((name) => /^\d+$/.test(name)).reduce((sum, pid) => {
    try {
      return readFileSync(`/proc/${pid}/comm`, "utf8").trim() === "postgres" ? sum + cpuOf(pid) : sum;
    } catch {
      return sum;
    }
  }, 0);
}

const node = (folder, database) =>
  start(join(target, "postern"), ["serve", "--data-dir", folder, "--listen", "127.0.0.1:0", "--log", "warn", ...(database ? ["--database-url", database] : [])], {
    env: { POSTERN_BOOTSTRAP_API_KEY: KEY, POSTERN_EGRESS_WEBHOOKS_ALLOW: "127.0.0.1/32" },
  });

/** A server with so many integrations; each of them is for all events, or for those of its own type. */
async function serve(engine, integrations, each = true) {
  const folder = mkdtempSync(join(tmpdir(), "postern-bench-"));
  const server = await node(folder, engine === "postgres" && process.env.POSTERN_TEST_POSTGRES_URL);
  await integrate(server, integrations, each);
  return { ...server, folder };
}

async function integrate(server, count, each) {
  for (let index = 0; index < count; index += 1) {
    const options = each ? {} : { types: [`bench.event.${index}`] };
    const integration = { name: `Sink ${index}`, event: "custom", config: { url: `${load.base}/hook` }, options };
    await asked(server, "POST", "/integrations", { integration });
  }
}

async function end(server) {
  await stop(server);
  rmSync(server.folder, { recursive: true });
}

const headers = { "x-api-key": KEY, "content-type": "application/json" };

async function asked(server, method, path, body) {
  const answer = await fetch(`${server.base}/api${path}`, { method, headers, body: body && JSON.stringify(body) });
  const text = await answer.text();
  if (!answer.ok) throw new Error(`${path}: ${answer.status} ${text}`);
  return JSON.parse(text);
}

/** Events over 100 integrations, by this node alone and by three that share them, on the cores that there are. */
async function threeNodes(server) {
  const { integrations } = await asked(server, "GET", "/integrations");
  for (const { id } of integrations) await asked(server, "DELETE", `/integrations/${id}`);
  await integrate(server, 100, false);
  const others = [];
  for (const nodes of [1, 3]) {
    while (others.length < nodes - 1) others.push(await node(server.folder, process.env.POSTERN_TEST_POSTGRES_URL));
    // Until the shards are shared out.
    await new Promise((resolve) => setTimeout(resolve, 12_000));
    const rates = [];
    for (let round = 0; round < ROUNDS; round += 1) rates.push(EVENTS / (await order({ ...through(server), types: 100 })).seconds);
    row(`over 100 integrations on postgres, ${nodes} node${nodes > 1 ? "s" : ""}`, median(rates).toFixed(0), "", "", "", "");
  }
  for (const other of others) await stop(other);
}

const straight = { publish: `${load.base}/hook`, events: EVENTS, publishers: PUBLISHERS };
const through = (server) => ({ ...straight, publish: `${server.base}/api/events`, key: KEY });

try {
  console.log(`${EVENTS} events of 1 KiB, ${PUBLISHERS} publishers; medians of ${ROUNDS} rounds, in turn.\n`);
  row("what", "events/s", "CPU ms each", "of straight", "publish p50/p99 ms", "to the receiver p50/p99 ms");
  row("---", "---", "---", "---", "---", "---");
  for (const engine of ENGINES) {
    const server = await serve(engine, 1);
    const cpu = () => cpuOf(server.child.pid) + (engine === "postgres" ? cpuOfPostgres() : 0);
    const bare = [];
    const seen = [];
    for (let round = 0; round < ROUNDS; round += 1) {
      bare.push(EVENTS / (await order(straight)).seconds);
      const before = cpu();
      const figures = await order(through(server));
      seen.push({ ...figures, rate: EVENTS / figures.seconds, cpu: ((cpu() - before) * 1000) / EVENTS });
    }
    const middle = (key) => median(seen.map((one) => one[key]));
    row("straight to the sink", median(bare).toFixed(0), "", "", "", "");
    row(
      `through Postern on ${engine}`, middle("rate").toFixed(0), middle("cpu").toFixed(3), `1/${(median(bare) / middle("rate")).toFixed(1)}`,
      `${middle("publish_p50_ms").toFixed(1)} / ${middle("publish_p99_ms").toFixed(1)}`,
      `${middle("delivery_p50_ms").toFixed(1)} / ${middle("delivery_p99_ms").toFixed(1)}`,
    );
    const steady = await order({ ...through(server), events: 2000, publishers: 16, rate: 200 });
    row(`a steady 200/s on ${engine}`, "200", "", "", `${steady.publish_p50_ms.toFixed(2)} / ${steady.publish_p99_ms.toFixed(2)}`, `${steady.delivery_p50_ms.toFixed(2)} / ${steady.delivery_p99_ms.toFixed(2)}`);
    if (engine === "postgres") await threeNodes(server);
    await end(server);

    // Many integrations of which each event is for one, and one event for many.
    // (On PostgreSQL the one database is the first server's, whose key this one doesn't have.)
    for (const [count, each] of engine === "sqlite" ? [[100, false], [1000, false], [100, true]] : []) {
      const many = await serve(engine, count, each);
      const events = each ? Math.ceil(EVENTS / count) : EVENTS;
      const rates = [];
      for (let round = 0; round < Math.min(ROUNDS, 3); round += 1) {
        const figures = await order({ ...through(many), events, copies: each ? count : 1, types: each ? 1 : count });
        rates.push(EVENTS / figures.seconds);
      }
      row(each ? `one event to ${count} integrations on ${engine}, deliveries/s` : `over ${count} integrations on ${engine}`, median(rates).toFixed(0), "", "", "", "");
      await end(many);
    }
  }
} finally {
  await stop(load);
}
