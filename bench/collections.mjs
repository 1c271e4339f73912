// What a team's collections cost: one changed request of a large collection, a changelog of ten thousand versions, five thousand collections listed.
// SQLite. Each figure is the p50 of the calls of a round, and of those the median of the rounds.

import { mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { median, row, start, stop } from "./measure.mjs";

const ROUNDS = Number(process.env.ROUNDS ?? 5);
const CALLS = Number(process.env.CALLS ?? 40);
const VERSIONS = Number(process.env.VERSIONS ?? 10_000);
const COLLECTIONS = Number(process.env.COLLECTIONS ?? 5_000);
const KEY = "bench-key-0123456789abcdef0123456789";
const headers = { "x-api-key": KEY, "content-type": "application/json" };
const program = new URL("../target/release/postern", import.meta.url).pathname;
const schema = "https://schema.getpostman.com/json/collection/v2.1.0/collection.json";

const folder = mkdtempSync(join(tmpdir(), "postern-collections-"));
const server = await start(program, ["serve", "--data-dir", folder, "--listen", "127.0.0.1:0", "--log", "warn"], {
  env: { POSTERN_BOOTSTRAP_API_KEY: KEY },
});
async function call(method, path, body) {
  const answer = await fetch(`${server.base}/api${path}`, { method, headers, body: typeof body === "string" ? body : body && JSON.stringify(body) });
  const text = await answer.text();
  if (!answer.ok) throw new Error(`${method} ${path}: ${answer.status} ${text}`);
  return JSON.parse(text);
}
const peak = () => Number(/VmHWM:\s+(\d+)/.exec(readFileSync(`/proc/${server.child.pid}/status`, "utf8"))[1]) / 1024;
const now = () => Number(/VmRSS:\s+(\d+)/.exec(readFileSync(`/proc/${server.child.pid}/status`, "utf8"))[1]) / 1024;

/** The median of the rounds of the p50 of so many calls, in milliseconds. */
async function p50(make) {
  const rounds = [];
  for (let round = 0; round < ROUNDS; round += 1) {
    const times = [];
    for (let at = 0; at < CALLS; at += 1) {
      const doing = make(round * CALLS + at);
      const begun = performance.now();
      await doing();
      times.push(performance.now() - begun);
    }
    rounds.push(median(times));
  }
  return median(rounds);
}

try {
  // 1,000 requests, 1 KiB each: 1 MiB.
  const text = "x".repeat(870);
  const item = Array.from({ length: 1000 }, (_, n) => ({
    name: `Request ${n}`,
    request: { method: "POST", url: `https://example.com/${n}`, header: [{ key: "X-Number", value: `${n}` }], body: { mode: "raw", raw: `${text}${n}` } },
  }));
  const large = { info: { name: "Large", schema }, item };
  const uid = (await call("POST", "/collections", { collection: large })).collection.uid;
  const { collection } = await call("GET", `/collections/${uid}`);
  const bytes = JSON.stringify({ collection }).length;
  const before = now();
  const replaced = await p50((n) => {
    collection.item[n % 1000].request.url = `https://example.com/changed/${n}`;
    const body = JSON.stringify({ collection });
    return () => call("PUT", `/collections/${uid}`, body);
  });
  row("replace", `${(bytes / 1048576).toFixed(2)} MiB, 1,000 items, one changed`, `p50 ${replaced.toFixed(1)} ms`, `peak ${(peak() - before).toFixed(1)} MiB over rest`);
  const one = collection.item[0].id;
  const edited = await p50((n) => () => call("PUT", `/collections/${uid}/requests/${one}`, { description: `${n}` }));
  row("edit", "one request of it", `p50 ${edited.toFixed(1)} ms`);

  const small = (await call("POST", "/collections", { collection: { info: { name: "Small", schema }, item: [{ name: "A", request: { method: "GET", url: "x" } }] } })).collection.uid;
  const first = (await call("GET", `/collections/${small}`)).collection.item[0].id;
  for (let n = 1; n < VERSIONS; n += 1) await call("PUT", `/collections/${small}/requests/${first}`, { url: `https://example.com/${n}` });
  const changelog = await p50(() => () => call("GET", `/collections/${small}/changelog?limit=25`));
  const versions = await p50(() => () => call("GET", `/collections/${small}/versions?limit=25`));
  const feed = await p50(() => () => call("GET", `/activities?collection=${small}&limit=25`));
  row("changelog", `${VERSIONS} versions, a page of 25`, `p50 ${changelog.toFixed(1)} ms`, `versions ${versions.toFixed(1)} ms`, `feed ${feed.toFixed(1)} ms`);

  for (let n = 0; n < COLLECTIONS; n += 1) await call("POST", "/collections", { collection: { info: { name: `C${n}`, schema }, item: [] } });
  const listed = await p50((n) => () => call("GET", `/collections?limit=100&offset=${(n % 40) * 100}`));
  row("list", `${COLLECTIONS} collections, a page of 100`, `p50 ${listed.toFixed(1)} ms`);
} finally {
  await stop(server);
  rmSync(folder, { recursive: true, force: true });
}
