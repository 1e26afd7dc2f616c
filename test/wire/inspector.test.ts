import assert from "node:assert/strict";
import { writeFile } from "node:fs/promises";
import { join } from "node:path";
import { describe, it, type TestContext } from "node:test";
import { isModelError } from "../../src/agent/model.ts";
import { ClientPool } from "../../src/bedrock/client-pool.ts";
import { describeAttempt } from "../../src/bedrock/inspector/describe-attempt.ts";
import { toCliCommand } from "../../src/bedrock/inspector/to-cli-command.ts";
import { toEmulatorScript } from "../../src/bedrock/inspector/to-emulator-script.ts";
import type { Reply } from "../../src/emulator/script-schema.ts";
import { parseScript } from "../../src/emulator/script-schema.ts";
import { setVariables } from "../support/set-variables.ts";
import { temporaryFolder } from "../support/temporary-folder.ts";
import { nameOf, openWire, type Transport, transports, useOwnEnvironment, type Wire } from "../support/wire-call.ts";

useOwnEnvironment();

const plain = (text: string): string => text;
const hello = { messages: [{ role: "user" as const, content: [{ text: "Hi" }] }] };

/** What the product's client makes of an answer: its events, and how it ended. */
async function play(wire: Wire, own: Partial<Wire["settings"]> = {}, request = hello) {
  const pool = new ClientPool();
  const events: unknown[] = [];
  let kind: string | undefined;
  try {
    const model = pool.model({ ...wire.settings, ...own });
    for await (const event of model.converseStream(request, new AbortController().signal)) events.push(event);
  } catch (error) {
    if (!isModelError(error)) throw error;
    kind = error.kind;
  } finally {
    pool.close();
  }
  const [attempt] = pool.attempts;
  assert.ok(attempt);
  return { attempt, events: events.map(withoutLatency), kind };
}

function withoutLatency(event: unknown): unknown {
  return JSON.parse(JSON.stringify(event, (key, value: unknown) => (key === "latencyMs" ? 0 : value)));
}

const played: Readonly<Record<string, Reply>> = {
  text: { text: "Two words." },
  "reasoning and tools": {
    reasoning: { text: "Hm." },
    text: "Let me look.",
    toolUses: [{ name: "read", input: { path: "a — ü.ts" } }],
  },
  "unknown events and keys": {
    events: [
      { event: "messageStart", payload: { role: "assistant" } },
      { event: "hologram", payload: { depth: 3 } },
      { event: "contentBlockDelta", payload: { contentBlockIndex: 0, delta: { text: "Hi", colour: "red" } } },
      { event: "messageStop", payload: { stopReason: "end_turn" } },
    ],
  },
  "an exception in the stream": {
    text: "Half",
    fault: { kind: "exception", type: "throttlingException", message: "Slow down.", afterEvents: 2 },
  },
  "an exception that is no JSON": {
    text: "Half",
    fault: { kind: "exception", type: "oddException", body: "x", afterEvents: 2 },
  },
  "an error frame": {
    text: "Half",
    fault: { kind: "error-frame", code: "InternalFailure", message: "Oh.", afterEvents: 2 },
  },
  "a reset": { text: "Half of it", fault: { kind: "reset", afterEvents: 2 } },
  "a reset before the answer": { fault: { kind: "reset", beforeHeaders: true } },
  "an end that is too early": { text: "Half", fault: { kind: "truncate", afterEvents: 2 } },
  "an end in a frame": { text: "Half", fault: { kind: "truncate", afterEvents: 2, midFrame: true } },
  "a wrong checksum": { text: "Half", fault: { kind: "bad-checksum", afterEvents: 2 } },
  "no messageStop": { text: "Half", fault: { kind: "no-message-stop" } },
  "an empty body": { fault: { kind: "empty-body" } },
  throttling: {
    fault: {
      kind: "http-error",
      status: 429,
      message: "Too many tokens, please wait.",
      headers: { "retry-after": "7" },
    },
  },
  "denied access": { fault: { kind: "http-error", status: 403, message: "No access." } },
  "a gateway's refusal": { fault: { kind: "http-error", status: 401, shape: "gateway", message: "Unauthorized" } },
  "a gateway's page": { fault: { kind: "http-error", status: 502, shape: "html" } },
  "a sign-in page": { fault: { kind: "wrong-body", body: "html" } },
  "another API's stream": { fault: { kind: "wrong-body", body: "sse" } },
  "another API's JSON": { fault: { kind: "wrong-body", body: "json" } },
};

for (const transport of transports) {
  describe(`the wire inspector over ${nameOf(transport)}`, () => {
    for (const [name, reply] of Object.entries(played)) {
      it(`saves ${name} as a script that replays it`, async (test) => {
        const first = await play(await openWire(test, transport, [reply]));
        const script = parseScript(JSON.parse(toEmulatorScript(first.attempt, plain)));
        const wire = await openWire(test, transport, [{ text: "other" }]);
        wire.emulator.setScript(script);
        const again = await play(wire);
        assert.deepEqual([again.events, again.kind], [first.events, first.kind]);
        assert.equal(toEmulatorScript(again.attempt, plain).includes("other"), false);
      });
    }

    it("replays an answer that came whole as the same one", async (test) => {
      const tools = { tools: [{ toolSpec: { name: "read", inputSchema: { json: { type: "object" } } } }] };
      const request = { ...hello, toolConfig: tools };
      const own = { modelId: "meta.llama3-3-70b-instruct-v1:0" };
      const reply = { text: "Look.", toolUses: [{ name: "read", input: { path: "a.ts" } }] };
      const first = await play(await openWire(test, transport, [reply]), own, request);
      assert.equal(first.attempt.operation, "Converse");
      const wire = await openWire(test, transport, [{ text: "other" }]);
      wire.emulator.setScript(parseScript(JSON.parse(toEmulatorScript(first.attempt, plain))));
      assert.deepEqual((await play(wire, own, request)).events, first.events);
    });

    it("shows request, answer, events and times as one document", async (test) => {
      const wire = await openWire(test, transport, [{ text: "Two words." }]);
      const { attempt } = await play(wire);
      const shown = JSON.parse(describeAttempt(attempt, plain));
      assert.equal(shown.request.url, `${wire.emulator.url}${wire.emulator.requests[0]?.path}`);
      assert.deepEqual(shown.request.body.messages, hello.messages);
      assert.equal(shown.request.headers.authorization, "AWS4-HMAC-SHA256 [redacted]");
      assert.equal(shown.response.status, 200);
      assert.equal(shown.response.requestId, shown.response.headers["x-amzn-requestid"]);
      assert.deepEqual(
        shown.events.map(({ event }: { event: string }) => event),
        ["messageStart", "contentBlockDelta", "contentBlockDelta", "contentBlockStop", "messageStop", "metadata"],
      );
      assert.deepEqual(shown.events[1].payload, { contentBlockIndex: 0, delta: { text: "Two" } });
      assert.equal(shown.firstTokenMs, shown.events[1].atMs);
      assert.equal(shown.error, undefined);
    });

    for (const source of ["environment", "profile"] as const) {
      it(`canaries of every credential of the ${source} are in none of what is shown, copied or saved`, (test) =>
        lookForCanaries(test, transport, source));
    }
  });
}

async function lookForCanaries(test: TestContext, transport: Transport, source: "environment" | "profile") {
  const canary = (what: string): string => `c4n4ry${what}Zq7Xw9Lm2Kp5`;
  // The secret key itself never goes over the wire: only what knows it from the environment could find it in a text.
  const kinds = ["session", "header", "auth", "cookie", "inprompt", ...(source === "profile" ? [] : ["secretkey"])];
  const secrets = kinds.map(canary);
  const keys = {
    aws_access_key_id: "AKIACANARY4CANARY4CA",
    aws_secret_access_key: canary("secretkey"),
    aws_session_token: canary("session"),
  };
  const file = join(await temporaryFolder(test), "credentials");
  await writeFile(
    file,
    `[canary]\n${Object.entries(keys)
      .map((entry) => entry.join("="))
      .join("\n")}\n`,
  );
  const inEnvironment = Object.entries(keys).map(([name, value]) => [name.toUpperCase(), value]);
  setVariables(test, source === "profile" ? { AWS_SHARED_CREDENTIALS_FILE: file } : Object.fromEntries(inEnvironment));
  const profile = source === "profile" ? "canary" : undefined;
  const echoed = `refused: ${secrets.join(" ")} AKIACANARY4CANARY4CA`;
  const reply: Reply = {
    fault: {
      kind: "http-error",
      status: 400,
      message: echoed,
      headers: { "set-cookie": canary("cookie"), "x-team": canary("header") },
    },
  };
  for (const answer of [reply, { text: [`I saw ${secrets.join(" ")}`] }]) {
    const wire = await openWire(test, transport, [answer]);
    const text = `The key is ${canary("session")}, the header ${canary("header")}`;
    const { attempt } = await play(
      wire,
      {
        profile,
        requestHeaders: {
          "x-team-key": canary("header"),
          cookie: canary("cookie"),
          "x-sign-in": `Token ${canary("auth")}`,
        },
      },
      { messages: [{ role: "user", content: [{ text }] }] },
    );
    const mask = (shown: string): string => shown.replaceAll(canary("inprompt"), "[redacted:credential#1]");
    const made = [describeAttempt(attempt, mask), toCliCommand(attempt, mask) ?? "", toEmulatorScript(attempt, mask)];
    for (const document of made) {
      assert.ok(document.length > 50, document);
      for (const secret of [...secrets, "AKIACANARY4CANARY4CA"]) {
        assert.equal(Buffer.from(document).includes(secret), false, `${secret} in ${document}`);
      }
    }
    assert.ok(wire.emulator.requests[0]?.headers["x-amz-security-token"]?.includes(canary("session")));
  }
}
