import assert from "node:assert/strict";
import { type TestContext, test } from "node:test";
import { startEmulator } from "../../src/emulator/emulator-server.ts";
import type { ChatEvent } from "../../src/protocol/chat-event.ts";
import { bufferingAdvice, heldBackWhole, slowAnswer, slowText } from "../support/gateway-answers.ts";
import { startNginx, withoutNginx } from "../support/nginx.ts";
import { openGatewaySession } from "./test-access.ts";

const skip = withoutNginx();

/** One turn through an nginx with these lines: pieces of the answer as they came, and what the user was told. */
async function talk(context: TestContext, lines: readonly string[]) {
  const emulator = await startEmulator({ script: () => slowAnswer });
  context.after(() => emulator.close());
  const url = await startNginx(context, { to: emulator.port, lines });
  const session = await openGatewaySession(context, url);
  const events: ChatEvent[] = [];
  const unsubscribe = session.subscribe((event) => events.push(event));
  assert.deepEqual(await session.send({ text: "Go on", attachments: [] }), { kind: "completed" });
  unsubscribe();
  const pieces = events.flatMap((event) => (event.type === "text-delta" ? [event.text] : []));
  const notices = events.flatMap((event) => (event.type === "notice" ? [event.text] : []));
  assert.equal(pieces.join(""), slowText);
  assert.equal(emulator.requests.length, 1);
  return { pieces, notices, host: new URL(url).host };
}

test("through an nginx with proxy_buffering off the chat streams, and nothing is said", { skip }, async (context) => {
  const { pieces, notices } = await talk(context, ["proxy_buffering off;"]);
  assert.ok(pieces.length > 20, `the answer came in ${pieces.length} pieces`);
  assert.deepEqual(notices, []);
});

test("an nginx that buffers as it is delivered is named as what it is", { skip }, async (context) => {
  const { notices, host } = await talk(context, []);
  assert.deepEqual(notices, [bufferingAdvice(host)]);
});

test("so is one that holds the whole answer back", { skip }, async (context) => {
  const { notices, host } = await talk(context, heldBackWhole);
  assert.deepEqual(notices, [bufferingAdvice(host)]);
});
