// `postern run` beside newman, in turn, against one local server. Medians of ROUNDS rounds.

import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { listen, median, row, timed } from "./measure.mjs";
import { tenRequests } from "./ten-requests.mjs";

const ROUNDS = Number(process.env.ROUNDS ?? 5);
const root = new URL("..", import.meta.url).pathname;
const postern = join(root, "target/release/postern");
const newman = join(root, "tests/newman/node_modules/newman/bin/newman.js");

const { server, base } = await listen((request, response) => {
  request.resume();
  request.on("end", () => {
    response.setHeader("Content-Type", "application/json");
    response.end(JSON.stringify({ method: request.method, path: request.url, list: [{ id: 1 }, { id: 2 }, { id: 3 }] }));
  });
});
const folder = mkdtempSync(join(tmpdir(), "postern-bench-"));
const file = join(folder, "ten-requests.json");
writeFileSync(file, JSON.stringify(tenRequests(base)));

console.log(`Ten requests with scripts and fifty tests; medians of ${ROUNDS} rounds, in turn.\n`);
row("what", "wall s", "CPU s", "peak MiB", "newman / postern: wall", "CPU");
row("---", "---", "---", "---", "---", "---");
for (const iterations of [1, 100]) {
  const results = { newman: [], postern: [] };
  for (let round = 0; round < ROUNDS; round += 1) {
    results.newman.push(await timed("node", [newman, "run", file, "-n", String(iterations)]));
    results.postern.push(await timed(postern, ["run", file, "-n", String(iterations)]));
  }
  const middle = (name, key) => median(results[name].map((one) => one[key]));
  for (const name of ["newman", "postern"]) {
    if (results[name].some((one) => one.status !== 0)) throw new Error(`${name} did not end with status 0`);
    const ratios = name === "newman" ? ["", ""] : ["wall", "cpu"].map((key) => `${(middle("newman", key) / middle(name, key)).toFixed(1)} ×`);
    row(`${name}, n=${iterations}`, middle(name, "wall").toFixed(3), middle(name, "cpu").toFixed(3), middle(name, "peak").toFixed(0), ...ratios);
  }
}
rmSync(folder, { recursive: true });
server.close();
