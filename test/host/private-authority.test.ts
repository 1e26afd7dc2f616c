import assert from "node:assert/strict";
import { writeFile } from "node:fs/promises";
import { join } from "node:path";
import { type TestContext, test } from "node:test";
import { startEmulator } from "../../src/emulator/emulator-server.ts";
import type { ChatEvent } from "../../src/protocol/chat-event.ts";
import { startHttpProxy } from "../support/http-proxy.ts";
import { makePrivateAuthority } from "../support/private-authority.ts";
import { temporaryFolder } from "../support/temporary-folder.ts";
import { openGatewaySession } from "./test-access.ts";

const host = "gateway.outcrop.test";
const authority = makePrivateAuthority(host);

/** A gateway that ends TLS with a certificate of an authority that no system knows, and the authority's file. */
async function startGateway(context: TestContext) {
  const words = ["Signed ", "by ", "our ", "own."];
  const emulator = await startEmulator({
    script: () => ({ text: words, tokensPerSecond: 50 }),
    tls: authority.server,
  });
  context.after(() => emulator.close());
  const caBundle = join(await temporaryFolder(context), "corp-ca.pem");
  await writeFile(caBundle, `Corp root\n${authority.ca}`);
  return { emulator, caBundle };
}

test("a gateway of a private authority is not trusted, and the answer says what to set", async (context) => {
  const { emulator } = await startGateway(context);
  const session = await openGatewaySession(context, emulator.url);
  const outcome = await session.send({ text: "Hello", attachments: [] });
  assert.equal(outcome?.kind === "failed" && outcome.error.kind, "tls");
  assert.match(outcome?.kind === "failed" ? outcome.error.message : "", /outcrop\.caBundle/);
  assert.equal(emulator.requests.length, 0);
});

test("with its authority in outcrop.caBundle the chat streams", async (context) => {
  const { emulator, caBundle } = await startGateway(context);
  const session = await openGatewaySession(context, emulator.url, { "outcrop.caBundle": caBundle });
  const deltas: string[] = [];
  const unsubscribe = session.subscribe((event: ChatEvent) => {
    if (event.type === "text-delta") deltas.push(event.text);
  });
  assert.deepEqual(await session.send({ text: "Hello", attachments: [] }), { kind: "completed" });
  unsubscribe();
  assert.equal(deltas.join(""), "Signed by our own.");
  assert.ok(deltas.length > 1, "the answer came in one piece");
});

test("so it does through the tunnel of VS Code's proxy, where no agent of ours is asked", async (context) => {
  const { emulator, caBundle } = await startGateway(context);
  const proxy = await startHttpProxy(context, { to: emulator.port, credentials: { user: "ada", password: "secret" } });
  const session = await openGatewaySession(context, `https://${host}`, {
    "outcrop.caBundle": caBundle,
    "http.proxy": proxy.signedInUrl,
    "http.proxySupport": "override",
  });
  assert.deepEqual(await session.send({ text: "Hello", attachments: [] }), { kind: "completed" });
  assert.deepEqual(proxy.seen, [`CONNECT ${host}:443`]);
});

test("a file that holds no certificate is named, and nothing is sent", async (context) => {
  const { emulator, caBundle } = await startGateway(context);
  await writeFile(caBundle, "no certificate");
  const session = await openGatewaySession(context, emulator.url, { "outcrop.caBundle": caBundle });
  const outcome = await session.send({ text: "Hello", attachments: [] });
  const message = outcome?.kind === "failed" ? outcome.error.message : "";
  assert.equal(message, `The certificate file ${caBundle} (outcrop.caBundle) holds no certificate in PEM form.`);
  assert.equal(emulator.requests.length, 0);
});
