import assert from "node:assert/strict";
import { describe, it, type TestContext } from "node:test";
import { textReply } from "../../src/emulator/replies.ts";
import type { Reply } from "../../src/emulator/script-schema.ts";
import type { ChatEvent } from "../../src/protocol/chat-event.ts";
import { bufferingAdvice, heldBackWhole, slowAnswer, slowText } from "../support/gateway-answers.ts";
import { startNginx, withoutNginx } from "../support/nginx.ts";
import { useOwnEnvironment } from "../support/wire-call.ts";
import { openWireTurns } from "../support/wire-session.ts";

useOwnEnvironment();

/** Turns through an nginx with these lines, and what the user has read. */
async function talk(test: TestContext, lines: readonly string[], replies: readonly Reply[]) {
  const script = [...replies];
  const respond = (): Reply => script.shift() ?? textReply("No more.");
  const upstream = await openWireTurns(test, "plain", respond, {});
  const url = await startNginx(test, { to: upstream.emulator.port, lines });
  const { session, events } = await openWireTurns(test, "plain", respond, { settings: { endpoint: url } });
  for (const _ of replies) {
    assert.deepEqual(await session.send({ text: "Go on", attachments: [] }), { kind: "completed" });
  }
  return { events, host: new URL(url).host };
}

function texts(events: readonly ChatEvent[]): string {
  return events.map((event) => (event.type === "text-delta" ? event.text : "")).join("");
}

function notices(events: readonly ChatEvent[]): readonly string[] {
  return events.flatMap((event) => (event.type === "notice" ? [event.text] : []));
}

describe("nginx as the gateway", { skip: withoutNginx() }, () => {
  it("with proxy_buffering off the answer streams, and nothing is said", async (test) => {
    const { events } = await talk(test, ["proxy_buffering off;"], [slowAnswer]);
    assert.ok(texts(events) === slowText);
    assert.deepEqual(notices(events), []);
  });

  it("as it is delivered it holds the answer back buffer by buffer, which is told", async (test) => {
    const { events, host } = await talk(test, [], [slowAnswer]);
    assert.ok(texts(events) === slowText);
    assert.deepEqual(notices(events), [bufferingAdvice(host)]);
  });

  it("with large buffers it holds the whole answer back, which is told once, however often it happens", async (test) => {
    const { events, host } = await talk(test, heldBackWhole, [slowAnswer, slowAnswer]);
    assert.ok(texts(events) === slowText.repeat(2));
    assert.deepEqual(notices(events), [bufferingAdvice(host)]);
  });

  it("a short answer through buffers tells nothing", async (test) => {
    const { events } = await talk(test, [], [{ text: "Done.", firstByteDelayMs: 100 }]);
    assert.deepEqual([texts(events), notices(events)], ["Done.", []]);
  });

  it("a wrong path is told as the gateway's", async (test) => {
    const url = await startNginx(test, { to: 9, lines: ["return 404;"] });
    const { session } = await openWireTurns(test, "plain", [textReply("Hi.")], { settings: { endpoint: url } });
    const outcome = await session.send({ text: "Hello", attachments: [] });
    assert.equal(outcome?.kind === "failed" && outcome.error.kind, "gateway");
    const message = outcome?.kind === "failed" ? outcome.error.message : "";
    assert.match(
      message,
      /^The gateway refused the request with status 404: there is nothing at the path of outcrop\.endpoint \(/,
    );
  });
});
