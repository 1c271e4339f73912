// Drives the tools of Postman's MCP server over stdio, against the server of POSTMAN_API_BASE_URL.
import { spawn } from "node:child_process";
import { createInterface } from "node:readline";
import { createRequire } from "node:module";
import { dirname, join } from "node:path";

const require = createRequire(import.meta.url);

/** Starts the MCP server with all its tools; gives what calls one, and what ends it. */
export async function start() {
  const manifest = require.resolve("@postman/postman-mcp-server/package.json");
  const main = join(dirname(manifest), "dist/src/index.js");
  const child = spawn(process.execPath, [main, "--full"], { stdio: ["pipe", "pipe", "pipe"] });
  let said = "";
  child.stderr.on("data", (text) => (said = (said + text).slice(-4000)));
  const waiting = new Map();
  createInterface({ input: child.stdout }).on("line", (line) => {
    const message = JSON.parse(line);
    waiting.get(message.id)?.(message);
    waiting.delete(message.id);
  });
  child.on("exit", (code) => {
    for (const answer of waiting.values()) answer({ error: { message: `the MCP server has ended (${code}): ${said}` } });
  });
  let last = 0;
  const send = (method, params) =>
    new Promise((resolve) => {
      const id = ++last;
      waiting.set(id, resolve);
      child.stdin.write(`${JSON.stringify({ jsonrpc: "2.0", id, method, params })}\n`);
    });
  await send("initialize", { protocolVersion: "2025-06-18", capabilities: {}, clientInfo: { name: "postern", version: "0" } });
  child.stdin.write(`${JSON.stringify({ jsonrpc: "2.0", method: "notifications/initialized" })}\n`);
  const listed = await send("tools/list", {});
  return {
    tools: listed.result.tools.map((tool) => tool.name),
    /** Calls a tool; its answer, read as JSON where it is. Fails where the tool does. */
    async call(name, args) {
      const message = await send("tools/call", { name, arguments: args });
      const text = message.error?.message ?? message.result.content.map((part) => part.text ?? "").join("\n");
      if (message.error || message.result.isError) throw new Error(`${name}: ${text}`);
      try {
        return JSON.parse(text);
      } catch {
        return text;
      }
    },
    stop: () => child.kill(),
  };
}
