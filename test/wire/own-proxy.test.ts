import assert from "node:assert/strict";
import { writeFile } from "node:fs/promises";
import { join } from "node:path";
import { describe, it, type TestContext } from "node:test";
import type { BedrockSettings } from "../../src/bedrock/bedrock-settings.ts";
import { textReply } from "../../src/emulator/replies.ts";
import { startHttpProxy } from "../support/http-proxy.ts";
import { makePrivateAuthority } from "../support/private-authority.ts";
import { makeSelfSigned, trust } from "../support/self-signed.ts";
import { setVariables } from "../support/set-variables.ts";
import { temporaryFolder } from "../support/temporary-folder.ts";
import { nameOf, openWire, type Transport, textOf, transports, useOwnEnvironment } from "../support/wire-call.ts";

useOwnEnvironment();

/** A name that only the proxy knows: `.test` is reserved (RFC 2606). */
const host = "bedrock.outcrop.test";
const tls = makeSelfSigned(host);
trust(tls);
const credentials = { user: "ada", password: "p@ss:word" };
const path = `/model/${encodeURIComponent("global.anthropic.claude-sonnet-4-5-20250929-v1:0")}/converse-stream`;

async function open(test: TestContext, transport: Transport, withCredentials = true) {
  const wire = await openWire(test, "plain", () => textReply("Through the proxy."), transport === "tls" ? { tls } : {});
  const proxy = await startHttpProxy(test, { to: wire.emulator.port, ...(withCredentials && { credentials }) });
  const endpoint = transport === "tls" ? `https://${host}` : `http://${host}`;
  const through = (url: string): Partial<BedrockSettings> => ({ endpoint, network: { proxy: { by: "own", url } } });
  return { ...wire, proxy, endpoint, through };
}

it("a private authority is trusted inside its tunnel, and nobody else's", async (test) => {
  const authority = makePrivateAuthority(host);
  const wire = await openWire(test, "plain", () => textReply("Hi."), { tls: authority.server });
  const proxy = await startHttpProxy(test, { to: wire.emulator.port, credentials });
  const network = { proxy: { by: "own", url: proxy.signedInUrl } } as const;
  const endpoint = `https://${host}`;
  assert.equal((await wire.fail({ endpoint, network })).kind, "tls");
  const caBundle = join(await temporaryFolder(test), "ca.pem");
  await writeFile(caBundle, authority.ca);
  assert.equal(textOf((await wire.call({ endpoint, network: { ...network, caBundle } })).events), "Hi.");
  // So do the profile of the aws command line and its variable.
  const config = join(await temporaryFolder(test), "config");
  await writeFile(config, `[profile corp]\nca_bundle = ${caBundle}\n`);
  setVariables(test, { AWS_CONFIG_FILE: config });
  assert.equal(textOf((await wire.call({ endpoint, network, profile: "corp", authentication: "none" })).events), "Hi.");
  setVariables(test, { AWS_DEFAULT_PROFILE: "corp" });
  assert.equal(textOf((await wire.call({ endpoint, network })).events), "Hi.");
  setVariables(test, { AWS_CONFIG_FILE: "/nonexistent/config", AWS_DEFAULT_PROFILE: "" });
  assert.equal((await wire.fail({ endpoint, network: { ...network, useDualstackEndpoint: false } })).kind, "tls");
  setVariables(test, { AWS_CA_BUNDLE: caBundle });
  const again = { ...network, useFipsEndpoint: false };
  assert.equal(textOf((await wire.call({ endpoint, network: again })).events), "Hi.");
});

for (const transport of transports) {
  describe(`a proxy of ours, where VS Code's is off, over ${nameOf(transport)}`, () => {
    const lines = transport === "tls" ? [`CONNECT ${host}:443`] : [`POST http://${host}${path}`];

    it("the answer streams through it, signed in by the address's user and password", async (test) => {
      const { call, proxy, through, emulator } = await open(test, transport);
      const { events, error } = await call(through(proxy.signedInUrl));
      assert.deepEqual([textOf(events), error], ["Through the proxy.", undefined]);
      assert.deepEqual([proxy.seen, proxy.refused], [lines, []]);
      const sent = JSON.stringify(emulator.requests[0]?.headers);
      assert.ok(!/proxy-authorization|p@ss|cEBzcz/i.test(sent), sent);
    });

    it("one that knows nobody by this password names http.proxy, and shows no password", async (test) => {
      const { fail, proxy, through, emulator } = await open(test, transport);
      const { error, kind, retry } = await fail(through(proxy.signedInUrl.replace("p%40ss", "wrong-pass")));
      assert.deepEqual([kind, retry.most, emulator.requests.length], ["proxy_auth", 0, 0]);
      assert.match(error.message, /^The proxy asks for a sign-in: check http\.proxy in the settings \(/);
      assert.ok(!JSON.stringify(error).includes("wrong-pass"));
    });

    it("the environment's proxy is used as the aws command line does, and NO_PROXY passes it by", async (test) => {
      const { call, proxy, endpoint, settings } = await open(test, transport, false);
      setVariables(test, { HTTPS_PROXY: proxy.url, HTTP_PROXY: proxy.url });
      assert.equal(textOf((await call({ endpoint })).events), "Through the proxy.");
      assert.deepEqual(proxy.seen, lines);
      // Past the proxy the name leads nowhere.
      setVariables(test, { NO_PROXY: "outcrop.test" });
      const { error } = await call({ endpoint, network: { proxy: { by: "own" } }, idleMs: settings.idleMs + 1 });
      assert.match(error?.error.message ?? "", /^Bedrock could not be reached \((?:ENOTFOUND|EAI_AGAIN)\)/);
      assert.deepEqual(proxy.seen, lines);
    });

    it(transport === "tls" ? "turns in a row use one tunnel" : "turns in a row are all signed in", async (test) => {
      const { call, proxy, through, emulator } = await open(test, transport);
      for (let turn = 0; turn < 3; turn++) assert.equal((await call(through(proxy.signedInUrl))).error, undefined);
      if (transport === "tls") assert.equal(emulator.connectionCount, 1);
      assert.equal(emulator.requests.length, 3);
    });
  });
}
