import assert from "node:assert/strict";
import { test } from "node:test";
import { startEmulator } from "../../src/emulator/emulator-server.ts";
import { textReply } from "../../src/emulator/replies.ts";
import { startHttpProxy } from "../support/http-proxy.ts";
import { makeSelfSigned, trust } from "../support/self-signed.ts";
import { setVariables } from "../support/set-variables.ts";
import { openGatewaySession } from "./test-access.ts";

/**
 * A name that only the proxy knows: `.test` is reserved (RFC 2606), so that an answer cannot come past the proxy. VS Code
 * never sends localhost and 127.0.0.1 through one (microsoft/vscode-proxy-agent, src/index.ts, resolveProxy).
 */
const host = "bedrock.outcrop.test";

/**
 * VS Code replaces `request` of the modules http and https in place, so that `node:http` and an agent of the SDK's own are
 * covered as well; with `override` that agent is not used at all (the same file, createHttpPatch).
 */
const proxySupport = { "http.proxySupport": "override" };
const credentials = { user: "ada", password: "p@ss:word" };

test("B1.12 a plain request goes to the proxy of the settings, by its whole address, and the turn is answered", async (context) => {
  const emulator = await startEmulator({ script: () => textReply("Through the proxy.") });
  context.after(() => emulator.close());
  const proxy = await startHttpProxy(context, { to: emulator.port, credentials });
  const session = await openGatewaySession(context, `http://${host}`, {
    "http.proxy": proxy.signedInUrl,
    ...proxySupport,
    "outcrop.requestHeaders": { "x-team": "search" },
  });
  assert.deepEqual(await session.send({ text: "Hello", attachments: [] }), { kind: "completed" });
  assert.deepEqual(
    proxy.seen.map((line) => line.replace(/\/model\/\S+\//, "/model/…/")),
    [`POST http://${host}/model/…/converse-stream`],
  );
  const [request] = emulator.requests;
  assert.deepEqual(
    [request?.headers["host"], request?.headers["x-team"], request?.headers["authorization"]],
    [host, "search", undefined],
  );
  assert.deepEqual(proxy.refused, []);
});

test("B1.12 a TLS request goes through a tunnel of the proxy, and the turn is answered", async (context) => {
  const tls = makeSelfSigned(host);
  trust(tls);
  const emulator = await startEmulator({ script: () => textReply("Through the tunnel."), tls });
  context.after(() => emulator.close());
  const proxy = await startHttpProxy(context, { to: emulator.port, credentials });
  const session = await openGatewaySession(context, `https://${host}`, {
    "http.proxy": proxy.signedInUrl,
    ...proxySupport,
  });
  assert.deepEqual(await session.send({ text: "Hello", attachments: [] }), { kind: "completed" });
  assert.deepEqual(proxy.seen, [`CONNECT ${host}:443`]);
  assert.deepEqual(
    emulator.requests.map(({ headers, httpVersion }) => [headers["host"], httpVersion]),
    [[host, "1.1"]],
  );
});

for (const proxySupport of ["on", "off"] as const) {
  test(`with http.proxySupport ${proxySupport} VS Code leaves the SDK's requests alone, and ours go through the proxy all the same`, async (context) => {
    const tls = makeSelfSigned(host);
    trust(tls);
    const emulator = await startEmulator({ script: () => textReply("Through a tunnel of ours."), tls });
    context.after(() => emulator.close());
    const proxy = await startHttpProxy(context, { to: emulator.port, credentials });
    setVariables(context, proxySupport === "off" ? { HTTPS_PROXY: proxy.signedInUrl } : {});
    const session = await openGatewaySession(context, `https://${host}`, {
      "http.proxySupport": proxySupport,
      ...(proxySupport === "on" && { "http.proxy": proxy.signedInUrl }),
    });
    assert.deepEqual(await session.send({ text: "Hello", attachments: [] }), { kind: "completed" });
    assert.deepEqual([proxy.seen, proxy.refused], [[`CONNECT ${host}:443`], []]);
  });
}
