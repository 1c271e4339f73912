// `postern run` beside newman, a bare loop and hurl, in turn, against one local server. Medians of ROUNDS rounds.
//
// The server has core 0 to itself in all of it. Against newman the client takes what it wants; against the bare limit
// and hurl it is kept on core 1, for a loop that wanders between two cores is measured by the scheduler's mood.

import { spawnSync } from "node:child_process";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { hurlFile, tenRequests } from "./ten-requests.mjs";
import { median, row, start, stop, timed } from "./measure.mjs";

const ROUNDS = Number(process.env.ROUNDS ?? 5);
const LONGEST = Number(process.env.LONGEST ?? 100_000);
const root = new URL("..", import.meta.url).pathname;
const postern = join(root, "target/release/postern");
const load = join(root, "target/release/postern-load");
const newman = join(root, "tests/newman/node_modules/newman/bin/newman.js");
const hurl = process.env.HURL ?? "hurl";

const server = await start("taskset", ["-c", "0", load, "echo"]);
const folder = mkdtempSync(join(tmpdir(), "postern-bench-"));
const write = (name, text) => {
  writeFileSync(join(folder, name), text);
  return join(folder, name);
};
const scripted = write("scripted.json", JSON.stringify(tenRequests(server.base)));
const plain = write("plain.json", JSON.stringify(tenRequests(server.base, { scripts: false })));
const asHurl = write("ten.hurl", hurlFile(server.base));
const pinned = (command, ...args) => ["taskset", ["-c", "1", command, ...args]];

/** Runs the contestants in turn; the middle of each one's figures. */
async function contest(contestants, rounds = ROUNDS) {
  const seen = {};
  for (let round = 0; round < rounds; round += 1) {
    for (const [name, [command, args]] of Object.entries(contestants)) {
      const one = await timed(command, args);
      if (one.status !== 0) throw new Error(`${name} ended with status ${one.status}`);
      (seen[name] ??= []).push(one);
    }
  }
  return Object.fromEntries(Object.entries(seen).map(([name, all]) => [name, {
    wall: median(all.map((one) => one.wall)),
    cpu: median(all.map((one) => one.cpu)),
    peak: median(all.map((one) => one.peak)),
  }]));
}

const figures = ({ wall, cpu, peak }) => [wall.toFixed(3), cpu.toFixed(3), peak.toFixed(0)];

try {
  console.log(`Ten requests with scripts and fifty tests, beside newman; medians of ${ROUNDS}, in turn.\n`);
  row("what", "wall s", "CPU s", "peak MiB", "newman / postern: wall", "CPU");
  row("---", "---", "---", "---", "---", "---");
  for (const n of [1, 100]) {
    const seen = await contest({
      newman: ["node", [newman, "run", scripted, "-n", String(n)]],
      postern: [postern, ["run", scripted, "-n", String(n)]],
    });
    row(`newman, n=${n}`, ...figures(seen.newman), "", "");
    row(`postern, n=${n}`, ...figures(seen.postern), ...["wall", "cpu"].map((key) => `${(seen.newman[key] / seen.postern[key]).toFixed(1)} ×`));
  }

  const n = 1000;
  console.log(`\nThe same silently, n=${n}, beside the bare loop, each on a core of its own; medians of ${ROUNDS}, in turn.\n`);
  row("what", "wall s", "CPU s", "peak MiB", "of the bare loop's time");
  row("---", "---", "---", "---", "---");
  const contestants = {
    "bare loop over hyper": pinned(load, "sequence", server.base, String(10 * n)),
    "postern, no scripts": pinned(postern, "run", plain, "-n", String(n), "--silent"),
    "postern, scripts": pinned(postern, "run", scripted, "-n", String(n), "--silent"),
  };
  if (spawnSync(hurl, ["--version"]).status === 0) {
    contestants["hurl, asserts"] = pinned(hurl, "--test", "--jobs", "1", "--repeat", String(n), asHurl);
  } else {
    console.log("(hurl is not installed: `cargo install hurl`, or set HURL.)");
  }
  const seen = await contest(contestants);
  for (const [name, one] of Object.entries(seen)) {
    row(name, ...figures(one), `${(one.wall / seen["bare loop over hyper"].wall).toFixed(2)} ×`);
  }
  if (seen["hurl, asserts"]) {
    console.log(`\nIterations a second with scripts: ${(seen["hurl, asserts"].wall / seen["postern, scripts"].wall).toFixed(2)} of hurl's.`);
  }

  console.log("\nWhat an added iteration costs, without scripts; one run each.\n");
  row("n", "wall s", "CPU s", "CPU ms for each iteration", "peak MiB");
  row("---", "---", "---", "---", "---");
  for (let count = 1000; count <= LONGEST; count *= 10) {
    const one = await timed(postern, ["run", plain, "-n", String(count), "--silent"]);
    row(count, one.wall.toFixed(2), one.cpu.toFixed(2), ((one.cpu * 1000) / count).toFixed(3), one.peak.toFixed(0));
  }
} finally {
  rmSync(folder, { recursive: true });
  await stop(server);
}
