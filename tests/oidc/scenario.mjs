// A provider of OpenID Connect on a port of its own, and a browser that signs in with it. Lines from stdin are addresses to sign in at, each with the
// e-mail address of who does; for each, one line of JSON says where that led.
import { createServer } from "node:http";
import { createInterface } from "node:readline";
import { Provider } from "oidc-provider";

// What it has to say is not for who reads the answers.
console.info = console.warn = console.error;

const lines = createInterface({ input: process.stdin })[Symbol.asyncIterator]();
const { value: callback } = await lines.next();

const server = createServer();
await new Promise((resolve) => server.listen(0, "127.0.0.1", resolve));
const issuer = `http://127.0.0.1:${server.address().port}`;
const provider = new Provider(issuer, {
  clients: [{ client_id: "postern", client_secret: "s3cret", redirect_uris: [callback], grant_types: ["authorization_code"] }],
  claims: { openid: ["sub"], email: ["email", "email_verified"], profile: ["name"] },
  // As most providers do, and as no provider has to.
  conformIdTokenClaims: false,
  pkce: { required: () => true },
  cookies: { keys: ["k"] },
  async findAccount(context, id) {
    return { accountId: id, claims: async () => ({ sub: id, email: id, email_verified: !id.startsWith("unverified"), name: id.split("@")[0] }) };
  },
});
server.on("request", provider.callback());
console.log(issuer);

// What stands before /api in the callback's path: a proxy in front of Postern takes it away.
const callbackUrl = new URL(callback);
const prefix = callbackUrl.pathname.slice(0, callbackUrl.pathname.indexOf("/api/"));
const behind = (url) =>
  url.origin === callbackUrl.origin && url.pathname.startsWith(`${prefix}/`) ? new URL(url.pathname.slice(prefix.length) + url.search, url) : url;

/** A browser: it keeps cookies by host and path, follows redirects, and fills in the provider's forms. */
async function browse(start, email) {
  const jar = new Map();
  const answers = [];
  let url = new URL(start);
  let request = { method: "GET" };
  for (let step = 0; step < 30; step += 1) {
    const cookies = [...jar.values()].filter((it) => it.origin === url.origin && url.pathname.startsWith(it.path));
    const headers = { ...request.headers, accept: "text/html,*/*;q=0.8", cookie: cookies.map((it) => `${it.name}=${it.value}`).join("; ") };
    const response = await fetch(behind(url), { ...request, headers, redirect: "manual" });
    for (const line of response.headers.getSetCookie()) {
      const [pair, ...rest] = line.split(/;\s*/);
      const [name, ...value] = pair.split("=");
      const path = rest.find((it) => it.toLowerCase().startsWith("path="))?.slice(5) ?? "/";
      jar.set(`${url.origin} ${path} ${name}`, { origin: url.origin, path, name, value: value.join("=") });
    }
    answers.push(`${response.status} ${url.pathname}`);
    const location = response.headers.get("location");
    if (location) {
      url = new URL(location, url);
      request = { method: "GET" };
      continue;
    }
    const text = await response.text();
    const form = text.match(/<form[^>]*action="([^"]+)"/);
    if (url.origin === issuer && form) {
      const prompt = text.match(/name="prompt" value="(\w+)"/)[1];
      const fields = prompt === "login" ? { prompt, login: email, password: "x" } : { prompt };
      url = new URL(form[1], url);
      request = { method: "POST", body: new URLSearchParams(fields).toString(), headers: { "content-type": "application/x-www-form-urlencoded" } };
      continue;
    }
    const session = [...jar.values()].find((it) => it.name === "postern_session")?.value ?? "";
    return { at: url.href, status: response.status, text, session, answers };
  }
  return { at: url.href, status: 0, text: "it goes in circles", session: "", answers };
}

for await (const line of { [Symbol.asyncIterator]: () => lines }) {
  const [address, email] = line.split(" ");
  console.log(JSON.stringify(await browse(address, email)));
}
process.exit(0);
