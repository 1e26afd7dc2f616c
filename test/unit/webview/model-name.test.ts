import assert from "node:assert/strict";
import { describe, it } from "node:test";
import { modelName, placeName } from "../../../webview/model-name.ts";

describe("modelName", () => {
  it("says that the gateway decides on the model, whatever id the path has", () => {
    for (const modelId of ["", "global.anthropic.claude-sonnet-4-5-20250929-v1:0"]) {
      const endpoint = "https://kong.example:8443/bedrock";
      const connection = { kind: "bedrock", modelId, endpoint, gatewayDecidesModel: true } as const;
      assert.equal(modelName(connection), "Model decided by the gateway");
      assert.equal(placeName(connection), "Model decided by the gateway (kong.example:8443)");
    }
  });
});
