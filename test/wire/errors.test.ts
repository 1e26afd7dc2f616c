import assert from "node:assert/strict";
import { createServer } from "node:net";
import { describe, it, type TestContext } from "node:test";
import type { ModelError } from "../../src/agent/model.ts";
import { exceptionReply, faultyReply, httpErrorReply } from "../../src/emulator/replies.ts";
import type { Reply } from "../../src/emulator/script-schema.ts";
import { modelId, nameOf, openWire, textOf, transports, useOwnEnvironment } from "../support/wire-call.ts";

useOwnEnvironment();

for (const transport of transports) {
  const failWith = async (test: TestContext, reply: Reply): Promise<ModelError> =>
    (await openWire(test, transport, [reply])).fail();
  const where = ({ record }: ModelError): string => `(${modelId}, ${new URL(record?.endpoint ?? "").host}, us-east-1)`;

  describe(`errors over ${nameOf(transport)}`, () => {
    it("B4.52 an exception frame is known in either spelling, also as the first frame", async (test) => {
      for (const afterEvents of [0, 2]) {
        for (const type of ["throttlingException", "ThrottlingException"]) {
          const error = await failWith(test, exceptionReply(type, "Slow down.", afterEvents));
          assert.deepEqual([error.kind, error.error.detail], ["throttled", "Slow down."], `${type} ${afterEvents}`);
        }
      }
    });

    it("B4.52 without a known name the status decides, then the code, then the text", async (test) => {
      const byStatus = await failWith(test, httpErrorReply(503, "FutureException", "Nothing known."));
      assert.equal(byStatus.kind, "server");
      const byCode = await failWith(test, faultyReply({ kind: "reset", afterEvents: 2 }));
      assert.equal(byCode.kind, "network");
      const byText = await failWith(test, faultyReply({ kind: "bad-checksum", afterEvents: 2 }));
      assert.equal(byText.kind, "protocol");
    });

    it("B4.53 an exception that the SDK does not know is told by the message inside its JSON", async (test) => {
      const error = await failWith(test, exceptionReply("modelTimeoutException", "The model timed out.", 2));
      assert.deepEqual([error.kind, error.error.detail], ["model_timeout", "The model timed out."]);
    });

    it("B4.54 an error without a name is told by what its body says", async (test) => {
      const body = '{"error":{"message":"No such deployment: chat"}}';
      const error = await failWith(test, { fault: { kind: "http-error", status: 400, shape: "gateway", body } });
      assert.deepEqual([error.kind, error.error.detail], ["gateway", "No such deployment: chat"]);
    });

    it("B4.55 the SDK's remark about deserialization is not shown", async (test) => {
      const replies: readonly Reply[] = [
        faultyReply({ kind: "wrong-body", body: "json" }),
        faultyReply({ kind: "truncate", afterEvents: 0, midFrame: true }),
        faultyReply({ kind: "reset", afterEvents: 0 }),
        { fault: { kind: "http-error", status: 502, shape: "html" } },
        exceptionReply("internalServerException", "It broke."),
      ];
      for (const reply of replies) {
        const { error } = await failWith(test, reply);
        assert.doesNotMatch(`${error.message} ${error.detail}`, /deserialization/i);
      }
    });

    it("B4.56 HTTP 429 is throttled and honours Retry-After", async (test) => {
      const headers = { "retry-after": "42" };
      const error = await failWith(test, { fault: { kind: "http-error", status: 429, message: "Slow.", headers } });
      assert.deepEqual(error.retry, { most: 8, baseMs: 2_000, afterMs: 42_000 });
      assert.equal(error.error.message, `Throttled by Bedrock ${where(error)}.`);
    });

    it("B4.56 a model that is not ready and throttling in the stream are retried after a second and more", async (test) => {
      for (const reply of [
        httpErrorReply(429, "ModelNotReadyException", "Warming up."),
        exceptionReply("throttlingException", "Slow down.", 3),
      ]) {
        const { kind, retry } = await failWith(test, reply);
        assert.deepEqual([kind, retry], ["throttled", { most: 8, baseMs: 2_000 }]);
      }
    });

    it("B4.57 server errors may be retried for half a minute, wherever they come", async (test) => {
      for (const reply of [
        ...[500, 502, 503, 504, 529].map((status) => httpErrorReply(status, "SomeException", "It broke.")),
        exceptionReply("internalServerException", "It broke."),
        exceptionReply("internalServerException", "It broke.", 3),
        exceptionReply("serviceUnavailableException", "It broke.", 3),
      ]) {
        const { kind, retry } = await failWith(test, reply);
        assert.equal(kind, "server");
        const shortest = [0, 1, 2, 3, 4].map((before) => (retry.baseMs * 2 ** before) / 2);
        assert.ok(shortest.reduce((sum, wait) => sum + wait) >= 30_000);
        assert.ok(retry.most >= 5);
      }
    });

    it("B4.58 time-outs and errors of the model are retried twice at most", async (test) => {
      const kinds: unknown[] = [];
      for (const reply of [
        httpErrorReply(408, "ModelTimeoutException", "Too slow."),
        httpErrorReply(424, "ModelErrorException", "It failed."),
        exceptionReply("modelStreamErrorException", "It failed.", 2),
      ]) {
        const { kind, retry } = await failWith(test, reply);
        kinds.push([kind, retry.most]);
      }
      assert.deepEqual(kinds, [
        ["model_timeout", 2],
        ["model_error", 2],
        ["model_error", 2],
      ]);
    });

    it("B4.59 a tool call that cannot be read is asked for once more, then another model is offered", async (test) => {
      const text = "Model produced invalid sequence as part of ToolUse. Please refer to the guide.";
      for (const reply of [
        httpErrorReply(424, "ModelErrorException", text),
        exceptionReply("modelStreamErrorException", text, 2),
      ]) {
        const { kind, retry, error } = await failWith(test, reply);
        assert.deepEqual([kind, retry.most, error.actions], ["malformed_tool_use", 1, ["retry", "select-model"]]);
      }
    });

    it("B4.60 a refused request is not sent again, and the place of the refusal is named", async (test) => {
      const text = "The text field in the ContentBlock object at messages.2.content.1 is blank.";
      const error = await failWith(test, httpErrorReply(400, "ValidationException", text));
      assert.deepEqual([error.kind, error.retry.most], ["validation", 0]);
      assert.equal(error.error.message, `Bedrock refused the request at messages.2.content.1 ${where(error)}.`);
    });

    it("B4.73 an endpoint that refuses connections is tried twice more", async (test) => {
      const wire = await openWire(test, transport, [{ text: "x" }]);
      const scheme = new URL(wire.emulator.url).protocol;
      const { kind, retry, error } = await wire.fail({ endpoint: `${scheme}//127.0.0.1:${await freePort()}` });
      assert.deepEqual([kind, retry], ["network", { most: 2, baseMs: 1_000 }]);
      assert.match(error.message, /^Bedrock could not be reached \(ECONNREFUSED\): check .*http\.proxy/);
    });

    it("B4.73 a connection that breaks is tried again at once and silently", async (test) => {
      for (const fault of [
        { kind: "reset", beforeHeaders: true },
        { kind: "reset", afterEvents: 0 },
      ] as const) {
        const { kind, retry } = await failWith(test, faultyReply(fault));
        assert.deepEqual([kind, retry], ["network", { most: 3, baseMs: 1_000, silentFirst: true }]);
      }
    });

    it("B4.76 a failure is recorded with all that is known, with the request id of the same response", async (test) => {
      const wire = await openWire(test, transport, [exceptionReply("serviceUnavailableException", "Down.", 2)]);
      const { record, error } = await wire.fail();
      assert.match(record?.requestId ?? "", /^[0-9a-f-]{36}$/);
      assert.equal(error.requestId, record?.requestId);
      assert.ok(Number.isInteger(record?.elapsedMs));
      assert.deepEqual(
        { ...record, requestId: "id", elapsedMs: 0 },
        {
          kind: "server",
          modelId,
          region: "us-east-1",
          endpoint: wire.emulator.url,
          httpStatus: undefined,
          requestId: "id",
          elapsedMs: 0,
          events: 2,
          lastEvent: "contentBlockDelta",
        },
      );
    });

    it("B4.76 without a response the record says that there is no request id", async (test) => {
      const { record } = await failWith(test, faultyReply({ kind: "reset", beforeHeaders: true }));
      assert.equal(record?.requestId, "none: stream error");
    });

    it("B4.77 an error of the one who reads the stream stays that error", async (test) => {
      const wire = await openWire(test, transport, [{ text: "Hello there." }]);
      const own = new TypeError("a bug of ours");
      const reading = (async () => {
        const stream = wire.pool
          .model(wire.settings)
          .converseStream({ messages: [{ role: "user", content: [{ text: "Hi" }] }] }, new AbortController().signal);
        for await (const _ of stream) throw own;
      })();
      await assert.rejects(reading, (error) => error === own);
    });

    it("says nothing of an error when the answer was whole before it", async (test) => {
      const events = [
        { event: "contentBlockDelta", payload: { contentBlockIndex: 0, delta: { text: "Whole." } } },
        { event: "messageStop", payload: { stopReason: "end_turn" } },
        { exception: "internalServerException", payload: { message: "Late." } },
      ];
      const wire = await openWire(test, transport, [{ events }]);
      const { events: seen, error } = await wire.call();
      assert.deepEqual([textOf(seen), error], ["Whole.", undefined]);
    });
  });
}

async function freePort(): Promise<number> {
  const server = createServer();
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  const address = server.address();
  await new Promise((resolve) => server.close(resolve));
  return typeof address === "object" && address !== null ? address.port : 1;
}
