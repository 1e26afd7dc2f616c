import assert from "node:assert/strict";
import { describe, it, type TestContext } from "node:test";
import type { ModelError } from "../../src/agent/model.ts";
import { listModels } from "../../src/bedrock/models/list-models.ts";
import { exceptionReply, httpErrorReply, textReply } from "../../src/emulator/replies.ts";
import type { Reply } from "../../src/emulator/script-schema.ts";
import { useEmulatedAws } from "../support/control-plane.ts";
import { modelId, nameOf, openWire, textOf, transports, useOwnEnvironment } from "../support/wire-call.ts";

useOwnEnvironment();

const overflowTexts = [
  "Input is too long for requested model.",
  "input length and `max_tokens` exceed context limit: 198000 + 8192 > 200000, decrease input length or `max_tokens` and try again",
  "The model returned the following errors: too many total text bytes: 9000000 > 9000000",
  "prompt is too long: 208310 tokens > 200000 maximum",
  "This model's maximum context length is 131072 tokens. However, you requested 140000 tokens.",
];

for (const transport of transports) {
  const failWith = async (test: TestContext, reply: Reply): Promise<ModelError> =>
    (await openWire(test, transport, [reply])).fail();
  const where = ({ record }: ModelError): string => `(${modelId}, ${new URL(record?.endpoint ?? "").host}, us-east-1)`;

  describe(`what the text of an error says over ${nameOf(transport)}`, () => {
    for (const text of overflowTexts) {
      it(`B4.61 too long, as status and in the stream: ${text.slice(0, 40)}`, async (test) => {
        const asStatus = await failWith(test, httpErrorReply(400, "ValidationException", text));
        const inStream = await failWith(test, exceptionReply("validationException", text, 1));
        for (const { kind, retry, error } of [asStatus, inStream]) {
          assert.deepEqual(
            [kind, retry.most, error.actions],
            ["context_overflow", 0, ["compact", "select-model", "retry"]],
          );
        }
      });
    }

    it("B4.61 the numbers of the text teach the model's limit", async (test) => {
      const wire = await openWire(test, transport, [
        httpErrorReply(400, "ValidationException", overflowTexts[3] ?? ""),
      ]);
      const { lesson } = await wire.fail();
      assert.deepEqual(lesson, { promptTokens: 208_310, contextTokens: 200_000 });
      assert.equal(wire.pool.model(wire.settings).capabilities.maxima.contextTokens, 200_000);
    });

    it("B4.62 too many tokens with status 429 is throttling by the minute, and says so", async (test) => {
      const text = "Too many tokens, please wait before trying again.";
      const error = await failWith(test, httpErrorReply(429, "ThrottlingException", text));
      assert.equal(error.kind, "throttled");
      assert.equal(error.error.message, `Throttled by Bedrock: too many tokens per minute ${where(error)}.`);
    });

    it("B4.62 too many tokens per day is a quota that no retry helps against", async (test) => {
      const text = "Too many tokens per day, please wait before trying again.";
      const { kind, retry } = await failWith(test, httpErrorReply(429, "ThrottlingException", text));
      assert.deepEqual([kind, retry.most], ["quota", 0]);
    });

    for (const apostrophe of ["'", "’"]) {
      it(`B4.67 no on-demand throughput leads to another model, written with ${apostrophe}`, async (test) => {
        const text = `Invocation of model ID x with on-demand throughput isn${apostrophe}t supported. Retry your request with the ID or ARN of an inference profile that contains this model.`;
        const error = await failWith(test, httpErrorReply(400, "ValidationException", text));
        assert.deepEqual([error.retry.most, error.error.actions], [0, ["select-model", "retry"]]);
        assert.equal(
          error.error.message,
          `This model answers only through an inference profile: select one ${where(error)}.`,
        );
      });
    }

    it("B4.67 the list that the user then selects from has a profile of the model, with which the call goes through", async (test) => {
      const base = "anthropic.claude-sonnet-4-5-20250929-v1:0";
      const text = `Invocation of model ID ${base} with on-demand throughput isn't supported. Retry your request with the ID or ARN of an inference profile that contains this model.`;
      const wire = await openWire(test, transport, (call) =>
        call.modelId === base ? httpErrorReply(400, "ValidationException", text) : textReply("Here."),
      );
      assert.ok((await wire.fail({ modelId: base })).error.actions.includes("select-model"));
      const { models } = await listModels(useEmulatedAws(test, wire), new AbortController().signal);
      const ids = models.filter(({ id }) => id.endsWith(base)).map(({ id, group }) => [id.split(".")[0], group]);
      assert.deepEqual(ids, [
        ["us", "geographic"],
        ["global", "global"],
      ]);
      const { events, error } = await wire.call({ modelId: `global.${base}` });
      assert.deepEqual([textOf(events), error], ["Here.", undefined]);
    });

    const noAccess = [
      [403, "AccessDeniedException", "You don't have access to the model.", "access_denied", "AWS denied access"],
      [404, "ResourceNotFoundException", "Model use case details have not been submitted.", "access_denied", "The use"],
      [404, "ResourceNotFoundException", "This model version has reached the end of its life.", "not_found", "This mo"],
      [404, "ResourceNotFoundException", "Could not resolve the foundation model.", "not_found", "Bedrock does not"],
      [400, "ValidationException", "The provided model identifier is invalid.", "not_found", "Bedrock does not know"],
    ] as const;
    for (const [status, type, text, kind, start] of noAccess) {
      it(`B4.68 ${text} is told with model, place and request id, and not retried`, async (test) => {
        const error = await failWith(test, httpErrorReply(status, type, text));
        assert.deepEqual([error.kind, error.retry.most], [kind, 0]);
        assert.ok(error.error.message.startsWith(start) && error.error.message.endsWith(`${where(error)}.`));
        assert.match(error.error.requestId ?? "", /^[0-9a-f-]{36}$/);
        assert.ok(error.error.actions.includes("select-model"));
      });
    }
  });
}
