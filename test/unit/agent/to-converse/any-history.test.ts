import assert from "node:assert/strict";
import { describe, it } from "node:test";
import type { Message } from "@aws-sdk/client-bedrock-runtime";
import * as fc from "fast-check";
import { needsToolConfig } from "../../../../src/agent/to-converse/to-converse.ts";
import { toModelRequest } from "../../../../src/agent/to-converse/to-model-request.ts";
import { baseModelId, capabilitiesOf } from "../../../../src/bedrock/capabilities.ts";
import { modelFamilies } from "../../../../src/bedrock/model-families.ts";
import { checkConversation, modelFamily } from "../../../../src/emulator/conversation-rules.ts";
import { anyHistory } from "../../../support/any-history.ts";
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
