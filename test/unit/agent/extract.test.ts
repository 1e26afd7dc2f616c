import assert from "node:assert/strict";
import { describe, it } from "node:test";
import * as z from "zod";
import { type Capabilities, fullCapabilities } from "../../../src/agent/capabilities.ts";
import { ExtractionFailed, extract } from "../../../src/agent/extract.ts";
import { GivenSchema } from "../../../src/agent/json-schema/given-schema.ts";
import { BrokenStream } from "../../../src/agent/stream-message.ts";
import {
  messageStop,
  modelError,
  type ReplyPart,
  ScriptedModel,
  textBlock,
  toolBlock,
  usage,
} from "../../support/scripted-model.ts";

const form = {
  name: "save_title",
  description: "Takes the title of a chat.",
  schema: z.object({ title: z.string().min(1) }),
};

/** What comes of a reply, and the request that was sent. */
async function fill(reply: readonly ReplyPart[], own: Partial<Capabilities> = {}) {
  const model = Object.assign(new ScriptedModel(reply), { capabilities: { ...fullCapabilities, ...own } });
  const { signal } = new AbortController();
  const extraction = extract({ form, system: "Be brief.", input: "A long chat.", model, signal, now: () => 1 });
  const value = await extraction.catch((error: unknown) => error);
  return { value, request: model.requests[0] };
}

const filled = [...toolBlock(0, "t1", "save_title", '{"title":', '"Retry"}'), messageStop("tool_use"), usage(7, 3)];
const spoken = [...textBlock(0, 'Here it is: {"title":"Retry"}.'), messageStop("end_turn")];
const took = { inputTokens: 7, outputTokens: 3, cacheReadInputTokens: 0, cacheWriteInputTokens: 0 };

describe("extract", () => {
  it("names the tool, any tool, or none, as the model takes it", async () => {
    for (const [toolChoice, sent] of [
      [["auto", "any", "tool"], { tool: { name: "save_title" } }],
      [["auto", "any"], { any: {} }],
      [["auto"], undefined],
      [[], undefined],
    ] as const) {
      const { value, request } = await fill(filled, { toolChoice });
      assert.deepEqual(value, { value: { title: "Retry" }, usage: took });
      assert.deepEqual(request?.toolConfig?.toolChoice, sent);
      assert.deepEqual(request?.toolConfig?.tools?.[0]?.toolSpec?.inputSchema?.json, {
        type: "object",
        properties: { title: { type: "string", minLength: 1 } },
        required: ["title"],
      });
    }
  });

  it("reads JSON from the text of a model without tools, which is told the schema", async () => {
    const { value, request } = await fill(spoken, { tools: false });
    assert.deepEqual(value, { value: { title: "Retry" }, usage: null });
    assert.equal(request?.toolConfig, undefined);
    assert.match(JSON.stringify(request?.system), /one JSON object[\s\S]*minLength/);
  });

  it("takes JSON in the text where the model was not made to call the tool", async () => {
    assert.deepEqual((await fill(spoken, { toolChoice: [] })).value, { value: { title: "Retry" }, usage: null });
  });

  it("fails where the answer does not fit, says in what, and passes on what broke off", async () => {
    for (const reply of [
      [...toolBlock(0, "t1", "save_title", '{"title":""}'), messageStop("tool_use")],
      [...toolBlock(0, "t1", "save_title", '{"title"'), messageStop("max_tokens")],
      [...textBlock(0, "I would rather not."), messageStop("end_turn")],
    ]) {
      assert.ok((await fill(reply)).value instanceof ExtractionFailed);
    }
    assert.ok((await fill([modelError("throttled", 8)])).value instanceof BrokenStream);
  });

  it("asks once more where the answer does not fit, with what is wrong as the call's error", async () => {
    const schema = new GivenSchema('{"type":"object","properties":{"title":{"type":"string"}},"required":["title"]}');
    const wrong = [...toolBlock(0, "t1", "save_title", "{}"), messageStop("tool_use"), usage(5, 1)];
    const { signal } = new AbortController();
    const run = async (...replies: (readonly ReplyPart[])[]) => {
      const model = new ScriptedModel(...replies);
      const options = { form: { ...form, schema }, system: "", input: "A chat.", model, signal, now: () => 1 };
      const outcome = await extract({ ...options, repair: true }).catch((error: unknown) => error);
      return { outcome, messages: model.requests.map(({ messages }) => messages) };
    };
    const { outcome, messages } = await run(wrong, filled);
    assert.deepEqual(outcome, { value: { title: "Retry" }, usage: { ...took, inputTokens: 12, outputTokens: 4 } });
    const [asked, called, result] = messages[1] ?? [];
    assert.deepEqual([asked], messages[0]);
    assert.equal(called?.content?.[0]?.toolUse?.toolUseId, "t1");
    assert.equal(result?.content?.[0]?.toolResult?.status, "error");
    assert.match(result?.content?.[0]?.toolResult?.content?.[0]?.text ?? "", /document: .*"title"/);

    const failed = (await run(wrong, wrong)).outcome;
    assert.ok(failed instanceof ExtractionFailed);
    assert.deepEqual([failed.answer, /"title"/.test(failed.message)], ["{}", true]);

    const spokenWrong = [...textBlock(0, "No JSON."), messageStop("end_turn")];
    assert.deepEqual((await run(spokenWrong, spoken)).outcome, { value: { title: "Retry" }, usage: null });
    const cut = await run([...toolBlock(0, "t1", "save_title", '{"title"'), messageStop("max_tokens")]);
    assert.match(String(cut.outcome), /cut off at the most/);
    assert.equal(cut.messages.length, 1);
  });
});
