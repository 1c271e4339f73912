// Monitors' runs: how soon a run's process is ready and what it takes, and 50 runs at once beside 50 one after another.

import { mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { median, row, start, stop } from "./measure.mjs";
import { tenRequests } from "./ten-requests.mjs";

const ROUNDS = Number(process.env.ROUNDS ?? 5);
const RUNS = 50;
const KEY = "bench-key-0123456789abcdef0123456789";
const root = new URL("..", import.meta.url).pathname;

const echo = await start(join(root, "target/release/postern-load"), ["echo"]);
const ready = [];
const memory = [];

/** What the kernel says of a process, in MiB. */
function mib(pid, what) {
  const line = readFileSync(`/proc/${pid}/status`, "utf8").match(new RegExp(`${what}:\\s+(\\d+)`));
  return Number(line[1]) / 1024;
}

/** A server that runs so many monitors at once. */
async function serve(runsAtOnce) {
  const folder = mkdtempSync(join(tmpdir(), "postern-bench-"));
  const server = await start(join(root, "target/release/postern"), [
    "serve", "--data-dir", folder, "--listen", "127.0.0.1:0", "--log", "info,postern_worker=debug",
  ], {
    env: {
      POSTERN_BOOTSTRAP_API_KEY: KEY,
      POSTERN_MONITORS_RUNS_AT_ONCE: String(runsAtOnce),
      POSTERN_EGRESS_MONITORS_ALLOW: "127.0.0.1/32",
    },
    onLine: (line) => {
      const plain = line.replace(/\u001b\[\d*m/g, "");
      const [, pid, took] = plain.match(/stands ready for a run.*pid=(\d+) took_us=(\d+)/) ?? [];
      if (!pid) return;
      ready.push(Number(took) / 1000);
      try { memory.push(mib(pid, "VmHWM")); } catch { /* It has been given away and is over. */ }
    },
  });
  const call = async (method, path, body) => {
    const answer = await fetch(`${server.base}/api${path}`, {
      method,
      headers: { "x-api-key": KEY, "content-type": "application/json" },
      body: body && JSON.stringify(body),
    });
    if (!answer.ok) throw new Error(`${method} ${path}: ${answer.status} ${await answer.text()}`);
    return answer.json();
  };
  const { workspaces } = await call("GET", "/workspaces");
  const collection = tenRequests(echo.base);
  collection.item = Array.from({ length: 10 }, () => collection.item).flat();
  const made = await call("POST", `/collections?workspace=${workspaces[0].id}`, { collection });
  const monitors = [];
  for (let index = 0; index < RUNS; index += 1) {
    const monitor = { name: `Monitor ${index}`, active: false, collection: made.collection.uid, schedule: { cron: "0 0 1 1 *", timezone: "UTC" } };
    monitors.push((await call("POST", `/monitors?workspace=${workspaces[0].id}`, { monitor })).monitor.uid);
  }
  return { ...server, folder, call, monitors };
}

/** Runs all monitors; how long until the last run has ended. */
async function runAll({ call, monitors }) {
  const began = process.hrtime.bigint();
  const jobs = await Promise.all(monitors.map(async (uid) => (await call("POST", `/monitors/${uid}/run?async=true`)).run.info.jobId));
  const left = new Set(jobs);
  while (left.size > 0) {
    await new Promise((resolve) => setTimeout(resolve, 20));
    for (const job of left) {
      const { run } = await call("GET", `/runs/${job}`);
      if (["queued", "running"].includes(run.info.status)) break;
      if (run.info.status !== "success") throw new Error(`a run ended with ${run.info.status}`);
      left.delete(job);
    }
  }
  return Number(process.hrtime.bigint() - began) / 1e9;
}

const servers = { "one after another": await serve(1), "at once": await serve(RUNS) };
try {
  const took = { "one after another": [], "at once": [] };
  const parent = [];
  for (let round = 0; round < ROUNDS; round += 1) {
    for (const [name, server] of Object.entries(servers)) took[name].push(await runAll(server));
    parent.push(mib(servers["at once"].child.pid, "VmRSS"));
  }
  console.log(`${RUNS} monitors of 100 requests with scripts and 500 tests; medians of ${ROUNDS}, in turn.\n`);
  row("what", "seconds", "runs/s");
  row("---", "---", "---");
  for (const [name, all] of Object.entries(took)) row(`${RUNS} ${name}`, median(all).toFixed(2), (RUNS / median(all)).toFixed(1));
  console.log(`\nAt once gives ${(median(took["one after another"]) / median(took["at once"])).toFixed(2)} × the throughput.`);
  const sorted = [...ready].sort((a, b) => a - b);
  console.log(`A run's process is ready in ${median(ready).toFixed(1)} ms (best ${sorted[0].toFixed(1)}; of ${ready.length}, other runs under way), and takes ${median(memory).toFixed(1)} MiB then (most ${Math.max(...memory).toFixed(1)}).`);
  console.log(`The server's own memory after each round of ${RUNS}: ${parent.map((one) => one.toFixed(0)).join(", ")} MiB.`);
} finally {
  for (const server of Object.values(servers)) {
    await stop(server);
    rmSync(server.folder, { recursive: true });
  }
  await stop(echo);
}
