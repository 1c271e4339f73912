// What the benchmarks need: a process timed with its processor time, medians, and programs that serve.

import { spawn } from "node:child_process";
import { readFileSync } from "node:fs";

/** The middle of some numbers. */
export function median(numbers) {
  const sorted = [...numbers].sort((a, b) => a - b);
  return sorted[Math.floor(sorted.length / 2)];
}

/** Runs a command to its end: wall seconds, processor seconds and peak memory in MiB, from the kernel's own account. */
export function timed(command, args) {
  return new Promise((resolve, reject) => {
    const child = spawn("bash", ["-c", 'TIMEFORMAT="%U %S"; time "$0" "$@" >/dev/null 2>/dev/null', command, ...args], {
      stdio: ["ignore", "ignore", "pipe"],
    });
    const start = process.hrtime.bigint();
    let peak = 0;
    let errors = "";
    const sampler = setInterval(() => { peak = Math.max(peak, peakOfChildren(child.pid)); }, 5);
    child.stderr.on("data", (data) => { errors += data; });
    child.on("error", reject);
    child.on("close", (status) => {
      clearInterval(sampler);
      const wall = Number(process.hrtime.bigint() - start) / 1e9;
      const [user, system] = errors.trim().split(/\s+/).slice(-2).map(Number);
      resolve({ wall, cpu: user + system, peak, status });
    });
  });
}

function peakOfChildren(pid) {
  try {
    const children = readFileSync(`/proc/${pid}/task/${pid}/children`, "utf8").trim().split(" ").filter(Boolean);
    return Math.max(0, ...children.map((child) => {
      const line = readFileSync(`/proc/${child}/status`, "utf8").match(/VmHWM:\s+(\d+)/);
      return line ? Number(line[1]) / 1024 : 0;
    }));
  } catch {
    return 0;
  }
}

/** Processor seconds that a process has used so far. */
export function cpuOf(pid) {
  const stat = readFileSync(`/proc/${pid}/stat`, "utf8");
  const fields = stat.slice(stat.lastIndexOf(")") + 2).split(" ");
  return (Number(fields[11]) + Number(fields[12])) / 100;
}

/** Starts a program that prints an address: the address, and the process. What it says after that goes to `onLine`. */
export function start(command, args, { env, onLine = () => {} } = {}) {
  return new Promise((resolve, reject) => {
    const child = spawn(command, args, { stdio: ["pipe", "pipe", "pipe"], env: { ...process.env, ...env } });
    let seen = "";
    let base;
    const look = (data) => {
      seen += data;
      for (let end = seen.indexOf("\n"); end >= 0; end = seen.indexOf("\n")) {
        const line = seen.slice(0, end);
        seen = seen.slice(end + 1);
        if (base) onLine(line);
        base ??= line.match(/http:\/\/127\.0\.0\.1:\d+/)?.[0];
        if (base) resolve({ base, child });
      }
    };
    child.stdout.on("data", look);
    child.stderr.on("data", base ? () => {} : look);
    child.on("error", reject);
    child.on("exit", (status) => reject(new Error(`${command} ended with ${status}: ${seen}`)));
  });
}

/** Ends what `start` began. */
export function stop({ child }) {
  return new Promise((resolve) => {
    child.on("exit", resolve);
    child.kill("SIGTERM");
  });
}

/** One row of a table. */
export function row(...cells) {
  console.log(`| ${cells.join(" | ")} |`);
}
