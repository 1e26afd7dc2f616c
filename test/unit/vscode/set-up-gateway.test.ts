import assert from "node:assert/strict";
import { describe, it } from "node:test";
import { gatewayPresets, problemOfUrl, toBaseUrl } from "../../../src/vscode/gateway-presets.ts";
import { type GatewaySettings, setUpGateway } from "../../../src/vscode/set-up-gateway.ts";
import { type Answer, scriptedPrompts } from "../../support/scripted-prompts.ts";

const secretOf = (name: string): string => `\${secret:${name}}`;

async function answer(answers: readonly Answer[], headers: Readonly<Record<string, unknown>> = {}) {
  const prompts = scriptedPrompts(...answers);
  const written: GatewaySettings[] = [];
  const stored: [string, string][] = [];
  const endpoint = await setUpGateway({
    prompts,
    headers,
    problemOfHeader: (name) => (name.includes("_") ? "no underscore" : undefined),
    storeSecret: async (name, value) => void stored.push([name, value]),
    write: async (settings) => void written.push(settings),
  });
  return { endpoint, written, stored, prompts };
}

describe("setUpGateway", () => {
  it("Kong with key-auth that decides on the model: the key is stored, the header refers to it", async () => {
    const answers = ["Kong", "https://kong.example:8443/bedrock/", "API key", "", "key-canary", "gateway decides"];
    const { endpoint, written, stored, prompts } = await answer(answers, { "x-team": "search", APIKEY: "old" });
    assert.equal(endpoint, "https://kong.example:8443/bedrock");
    assert.deepEqual(written, [
      {
        endpoint,
        authentication: "none",
        requestHeaders: { "x-team": "search", apikey: secretOf("kong") },
        gatewayDecidesModel: true,
        model: undefined,
      },
    ]);
    assert.deepEqual([stored, prompts.passwords], [[["kong", "key-canary"]], ["key-canary"]]);
    assert.ok(!JSON.stringify([written, prompts.asked]).includes("canary"));
  });

  it("LiteLLM: its pass-through lies at /bedrock, the key is a bearer token, and a model must be named", async () => {
    const answers = ["LiteLLM", "http://litellm.example:4000", "API key", "", "sk-1", "my-bedrock-model"];
    const { written, stored } = await answer(answers);
    assert.deepEqual(written, [
      {
        endpoint: "http://litellm.example:4000/bedrock",
        authentication: "none",
        requestHeaders: { Authorization: `Bearer ${secretOf("litellm")}` },
        gatewayDecidesModel: undefined,
        model: "my-bedrock-model",
      },
    ]);
    assert.deepEqual(stored, [["litellm", "sk-1"]]);
  });

  for (const [label, authentication] of [
    ["Nothing", "none"],
    ["AWS credentials", "aws"],
  ] as const) {
    it(`${label}: no header is touched, no secret stored`, async () => {
      const { written, stored } = await answer(["Another", "https://g.example", label, "model id", "m.x-1"]);
      assert.deepEqual(written, [
        { endpoint: "https://g.example", authentication, gatewayDecidesModel: undefined, model: "m.x-1" },
      ]);
      assert.deepEqual(stored, []);
    });
  }

  it("an address and a header that cannot be are refused, and asked for again", async () => {
    const answers = ["Kong", "kong.example", "https://u:p@k.example", "https://k.example", "API key", "api_key", "key"];
    const { prompts, written } = await answer([...answers, "secret", "decides"]);
    assert.deepEqual(
      prompts.asked.filter((line) => line.startsWith("!")),
      ["! An http or https URL.", "! Without user and password: a key goes into a header.", "! no underscore"],
    );
    assert.equal(written.length, 1);
  });

  it("whichever question is closed, nothing is written and nothing stored", async () => {
    const answers = ["Kong", "https://kong.example", "API key", "", "key-canary", "model id", "m"];
    for (let closed = 0; closed < answers.length; closed++) {
      const { endpoint, written, stored } = await answer([...answers.slice(0, closed), undefined]);
      assert.deepEqual([endpoint, written, stored], [undefined, [], []], `question ${closed + 1}`);
    }
  });
});

describe("gateway presets", () => {
  it("take a request's whole URL as well", () => {
    const [kong, litellm] = gatewayPresets;
    assert.ok(kong && litellm);
    assert.equal(toBaseUrl("http://k:8000/model/m%3A0/converse-stream?x=1", kong), "http://k:8000");
    assert.equal(toBaseUrl("http://k:8000/ai/model/", kong), "http://k:8000/ai");
    assert.equal(toBaseUrl("http://l:4000/bedrock/", litellm), "http://l:4000/bedrock");
    assert.equal(toBaseUrl("http://l:4000/proxy", litellm), "http://l:4000/proxy");
    assert.equal(problemOfUrl("ftp://k"), "An http or https URL.");
  });
});
