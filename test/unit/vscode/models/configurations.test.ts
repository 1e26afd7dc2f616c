import assert from "node:assert/strict";
import { describe, it } from "node:test";
import { activeConfiguration } from "../../../../src/vscode/models/configurations.ts";
import { configurationNames, describeConfiguration } from "../../../../src/vscode/models/describe-configuration.ts";

const configurations = {
  work: { profile: "work", region: "eu-central-1", model: "eu.anthropic.claude-sonnet-5" },
  gateway: {
    endpoint: "https://ai.example.com/bedrock",
    authentication: "none",
    requestHeaders: { "x-key": "sk-canary-1234" },
  },
  cheap: { model: "amazon.nova-micro-v1:0", maxTokens: 1_000 },
  misspelt: { modle: "x", regoin: "y" },
  mistyped: { maxTokens: "many" },
  odd: 7,
};

describe("a named configuration", () => {
  it("is the one that is named", () => {
    assert.deepEqual(activeConfiguration(configurations, " cheap "), {
      kind: "active",
      name: "cheap",
      values: { model: "amazon.nova-micro-v1:0", maxTokens: 1_000 },
    });
  });

  it("is none where none is named", () => {
    for (const wanted of [undefined, "", "  ", 7]) {
      assert.deepEqual(activeConfiguration(configurations, wanted), { kind: "none" });
    }
  });

  for (const [name, problem] of [
    ["nobody", /^There is no configuration "nobody"/],
    ["toString", /^There is no configuration "toString"/],
    ["misspelt", /holds "modle", "regoin", which is none of profile, region, endpoint, /],
    ["mistyped", /is wrong at maxTokens: /],
    ["odd", /^The configuration "odd" in outcrop\.configurations is wrong: /],
  ] as const) {
    it(`${name} is said to be wrong, and is not used in part`, () => {
      const active = activeConfiguration(configurations, name);
      assert.equal(active.kind, "wrong");
      assert.match(active.kind === "wrong" ? active.problem : "", problem);
    });
  }

  it("where the setting is no object there is none", () => {
    for (const value of [undefined, null, [], "work"]) {
      assert.equal(activeConfiguration(value, "work").kind, "wrong");
      assert.deepEqual(configurationNames(Array.isArray(value) ? undefined : value === "work" ? 1 : value), []);
    }
    assert.deepEqual(configurationNames(configurations).slice(0, 2), ["work", "gateway"]);
  });

  it("is told from others in a line without header values", () => {
    const lines = ["work", "gateway", "cheap"].map((name) =>
      describeConfiguration(activeConfiguration(configurations, name)),
    );
    assert.deepEqual(lines, [
      "eu.anthropic.claude-sonnet-5 · eu-central-1 · profile work",
      "ai.example.com · authentication none · 1 header",
      "amazon.nova-micro-v1:0 · 1000 output tokens",
    ]);
    assert.match(describeConfiguration(activeConfiguration(configurations, "odd")), /is wrong/);
  });
});
