import assert from "node:assert/strict";
import { createServer, request as httpRequest } from "node:http";
import { describe, it, type TestContext } from "node:test";
import { isModelError } from "../../src/agent/model.ts";
import type { BedrockSettings } from "../../src/bedrock/bedrock-settings.ts";
import { textReply } from "../../src/emulator/replies.ts";
import { listen } from "../support/listen.ts";
import { modelId, openWire, textOf, useOwnEnvironment } from "../support/wire-call.ts";

useOwnEnvironment();

/**
 * Takes the model of the path as Kong's ai-proxy does with `llm_format: bedrock` (kong/llm/adapters/bedrock.lua,
 * extract_model_and_stream; plugin/shared-filters/normalize-request.lua): none is filled in, another than its own refused.
 */
async function startKong(test: TestContext, to: number, own: string) {
  const paths: string[] = [];
  const server = createServer((request, response) => {
    paths.push(request.url ?? "");
    const asked = decodeURIComponent(/\/model\/([^/]+)\/[^/]+$/.exec(request.url ?? "")?.[1] ?? "");
    if (asked !== "" && asked !== own) {
      const body = JSON.stringify({ error: { message: `cannot use own model - must be: ${own}` } });
      return void response.writeHead(400, { "content-type": "application/json", "x-kong-request-id": "1" }).end(body);
    }
    const path = `/model/${encodeURIComponent(own)}/converse-stream`;
    const { "content-length": length, "content-type": type } = request.headers;
    const headers = { "content-length": length ?? "0", "content-type": type ?? "" };
    const upstream = httpRequest({ host: "127.0.0.1", port: to, method: "POST", path, headers });
    upstream.on("response", (answer) => answer.pipe(response.writeHead(answer.statusCode ?? 502, answer.headers)));
    request.pipe(upstream);
  });
  return { paths, url: `http://127.0.0.1:${await listen(test, server)}` };
}

describe("a gateway that decides on the model", () => {
  it("is asked without a model, and answers with its own", async (test) => {
    const wire = await openWire(test, "plain", () => textReply("Of my choice."));
    const kong = await startKong(test, wire.emulator.port, modelId);
    const own: Partial<BedrockSettings> = {
      ...{ endpoint: `${kong.url}/bedrock`, authentication: "none", modelId: "", gatewayDecidesModel: true },
    };
    const { events, error } = await wire.call(own);
    assert.deepEqual([textOf(events), error], ["Of my choice.", undefined]);
    assert.deepEqual(kong.paths, ["/bedrock/model//converse-stream"]);
  });

  it("refuses another one, and the error says which it takes", async (test) => {
    const wire = await openWire(test, "plain", () => textReply("Not reached."));
    const kong = await startKong(test, wire.emulator.port, "cohere.command-r-v1:0");
    const { error } = await wire.fail({ endpoint: kong.url });
    assert.match(error.message, /takes no other model than its own: set outcrop\.model to cohere\.command-r-v1:0, or/);
    assert.equal(wire.emulator.requests.length, 0);
  });

  it("an error of its names no empty model", async (test) => {
    const wire = await openWire(test, "plain", () => textReply("Not reached."));
    const { error } = await wire.fail({ endpoint: "http://127.0.0.1:9", modelId: "", gatewayDecidesModel: true });
    assert.match(error.message, /\(127\.0\.0\.1:9, us-east-1\)\.$/);
  });

  it("AWS itself is never asked without a model", async (test) => {
    const wire = await openWire(test, "plain", () => textReply("Not reached."));
    for (const endpoint of [undefined, "https://bedrock-runtime.us-east-1.amazonaws.com"]) {
      assert.throws(
        () => wire.pool.model({ ...wire.settings, endpoint, modelId: "", gatewayDecidesModel: true }),
        (error) => isModelError(error) && error.kind === "configuration" && /No model is set/.test(error.message),
      );
    }
  });
});
