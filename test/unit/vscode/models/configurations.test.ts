import assert from "node:assert/strict";
import { describe, it } from "node:test";
import * as z from "zod";
import {
  activeConfiguration,
  configurableSettings,
  parseConfiguration,
} from "../../../../src/vscode/models/configurations.ts";
import { configurationNames, describeConfiguration } from "../../../../src/vscode/models/describe-configuration.ts";
import { readManifest } from "../../../support/read-manifest.ts";

const configurations = {
  work: { profile: "work", region: "eu-central-1", model: "eu.anthropic.claude-sonnet-5" },
  gateway: {
    endpoint: "https://ai.example.com/bedrock",
    authentication: "none",
    requestHeaders: { "x-key": "sk-canary-1234" },
    caBundle: "/etc/corp.pem",
  },
  agency: {
    useFipsEndpoint: true,
    guardrail: { identifier: "a1b2c3d4e5f6", version: "3" },
    allowedRegions: ["us-gov-*"],
    routing: "automatic",
  },
  cheap: { model: "amazon.nova-micro-v1:0", maxTokens: 1_000, thinking: "off", serviceTier: "flex" },
  misspelt: { modle: "x", regoin: "y" },
  mistyped: { maxTokens: "many" },
  unguarded: { guardrail: { identifer: "a1b2c3d4e5f6" } },
  odd: 7,
};

describe("a named configuration", () => {
  it("is the one that is named", () => {
    assert.deepEqual(activeConfiguration(configurations, " cheap "), {
      kind: "active",
      name: "cheap",
      values: { model: "amazon.nova-micro-v1:0", maxTokens: 1_000, thinking: "off", serviceTier: "flex" },
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
    ["misspelt", /holds "modle", "regoin", which is none of the settings that it may hold\.$/],
    ["mistyped", /is wrong at maxTokens: /],
    ["unguarded", /holds "identifer" in guardrail, which is none of /],
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
    const lines = ["work", "gateway", "agency", "cheap"].map((name) =>
      describeConfiguration(activeConfiguration(configurations, name)),
    );
    assert.deepEqual(lines, [
      "eu.anthropic.claude-sonnet-5 · eu-central-1 · profile work",
      "ai.example.com · authentication none · 1 header · own certificates",
      "FIPS · guardrail a1b2c3d4e5f6 · only in us-gov-* · automatic routing",
      "amazon.nova-micro-v1:0 · 1000 output tokens · sets thinking, serviceTier",
    ]);
    assert.match(describeConfiguration(activeConfiguration(configurations, "odd")), /is wrong/);
  });
});

describe("the settings that a configuration may hold", () => {
  it("are described in the manifest as the plain settings of the same names are", () => {
    const held = setting("configurations").additionalProperties?.properties ?? {};
    const plain = configurableSettings.map((name) => {
      const { scope, order, default: fallback, markdownDescription, enumDescriptions, ...rest } = setting(name);
      return [name, { ...rest, description: `As outcrop.${name}.` }];
    });
    assert.deepEqual(held, Object.fromEntries(plain));
  });

  for (const name of configurableSettings) {
    it(`${name} takes the default and the values of the plain setting, and nothing of another type`, () => {
      for (const value of [setting(name).default, ...(setting(name).enum ?? [])]) {
        assert.equal(parseConfiguration("own", { [name]: value }).kind, "active", String(value));
      }
      for (const value of [{ odd: [7] }, [[7]], -1, "\u0000odd", 1.5]) {
        const isText = typeof value === "string" && setting(name).type === "string" && setting(name).enum === undefined;
        assert.equal(parseConfiguration("own", { [name]: value }).kind, isText ? "active" : "wrong", String(value));
      }
    });
  }
});

interface DescribedSetting {
  readonly type: unknown;
  readonly enum?: readonly unknown[];
  readonly default: unknown;
  readonly scope: unknown;
  readonly order: unknown;
  readonly markdownDescription: unknown;
  readonly enumDescriptions?: unknown;
  readonly additionalProperties?: { readonly properties: Readonly<Record<string, unknown>> };
}

function setting(name: string): DescribedSetting {
  const properties = z.record(z.string(), z.custom<DescribedSetting>());
  const manifest = z
    .object({ contributes: z.object({ configuration: z.object({ properties }) }) })
    .parse(readManifest());
  return manifest.contributes.configuration.properties[`outcrop.${name}`] ?? assert.fail(`no setting ${name}`);
}
