import assert from "node:assert/strict";
import { describe, it } from "node:test";
import { isDeepStrictEqual } from "node:util";
import type { ContentBlock, Message } from "@aws-sdk/client-bedrock-runtime";
import * as fc from "fast-check";
import { needsToolConfig } from "../../../../src/agent/to-converse/to-converse.ts";
import { toModelRequest } from "../../../../src/agent/to-converse/to-model-request.ts";
import { baseModelId, capabilitiesOf } from "../../../../src/bedrock/capabilities.ts";
import { modelFamilies } from "../../../../src/bedrock/model-families.ts";
import { applyCompaction, planSmallerSummary, planSummary } from "../../../../src/chat/compaction.ts";
import { checkConversation, modelFamily } from "../../../../src/emulator/conversation-rules.ts";
import { anyHistory, wholeHistory } from "../../../support/any-history.ts";
import { modelExamples } from "../../../support/model-examples.ts";

const tools = ["look", "git-log", "mcp.files/read-all"].map((name) => ({
  name,
  description: " ",
  inputSchema: { type: "object", properties: {}, additionalProperties: false },
}));

function refusals(history: readonly Message[], modelId: string, withTools: boolean): readonly string[] {
  const parts = { history, system: "Be brief.", tools: withTools ? tools : [] };
  const request = toModelRequest(parts, capabilitiesOf(modelId));
  assert.equal(needsToolConfig(request.messages ?? []) && request.toolConfig === undefined, false);
  return checkConversation(request, modelFamily(modelId)).map(({ rule, path }) => `${rule} ${path}`);
}

/** Calls without a result in the next message, and results without a call in the one before. */
function unanswered(messages: readonly Message[]): readonly string[] {
  const idsOf = (message: Message | undefined, pick: (block: ContentBlock) => string | undefined): readonly string[] =>
    (message?.content ?? []).flatMap((block) => pick(block) ?? []).toSorted();
  return messages.flatMap((message, at) => {
    const calls = idsOf(message, ({ toolUse: use }) => (use?.type === undefined ? use?.toolUseId : undefined));
    const results = idsOf(messages[at + 1], ({ toolResult }) => toolResult?.toolUseId);
    return isDeepStrictEqual(calls, results) ? [] : [`${at}: ${calls} has ${results}`];
  });
}

describe("B6.111 whatever a session went through", () => {
  for (const modelId of modelExamples) {
    it(`its history is a request that ${modelId} takes, with tools and without`, () => {
      fc.assert(
        fc.property(anyHistory, fc.boolean(), (history, withTools) => {
          assert.deepEqual(refusals(history, modelId, withTools), []);
        }),
        { numRuns: 120 },
      );
    });
  }

  it("was among the rest made shorter in either way, and had parts that are left out", () => {
    const histories = fc.sample(anyHistory, { numRuns: 400, seed: 1 }).map((history) => JSON.stringify(history));
    for (const mark of [
      "[shortened: ",
      "Summary of the conversation so far",
      "[A guardrail blocked",
      "[The service refused",
    ])
      assert.ok(histories.filter((history) => history.includes(mark)).length > 10, mark);
  });

  it("B6.112 a summary parts no call from its result, begins with the user and leaves the newest prompt", () => {
    let summaries = 0;
    const isWhole = (history: readonly Message[]): void => {
      const first = planSummary(history, undefined);
      const smaller = first === undefined ? undefined : planSmallerSummary(history, first, undefined);
      for (const before of [first, smaller]) {
        if (before === undefined) continue;
        summaries++;
        const sent = applyCompaction(history, { kind: "summary", id: 1, before, text: "They looked." });
        assert.equal(sent[0]?.role, "user");
        assert.deepEqual(unanswered(sent), []);
        assert.deepEqual(sent.at(-1), history.at(-1));
      }
    };
    fc.assert(fc.property(wholeHistory, isWhole), { numRuns: 500 });
    assert.ok(summaries > 100);
  });

  it("is judged for every family of the table", () => {
    const unjudged = modelFamilies.filter(({ id }) => {
      const rows = modelExamples.map((example) => modelFamilies.find((row) => row.id.test(baseModelId(example))));
      return !rows.some((row) => row?.id === id);
    });
    assert.deepEqual(
      unjudged.map(({ id }) => String(id)),
      [],
    );
  });
});
