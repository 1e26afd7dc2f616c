import assert from "node:assert/strict";
import { describe, it } from "node:test";
import { isModelError } from "../../../../src/agent/model.ts";
import { type BedrockSettings, isAwsEndpoint } from "../../../../src/bedrock/bedrock-settings.ts";
import { resolveEndpoint } from "../../../../src/bedrock/network/resolve-endpoint.ts";
import { setVariables } from "../../../support/set-variables.ts";
import { useOwnEnvironment } from "../../../support/wire-call.ts";

useOwnEnvironment();

function settings(own: Partial<BedrockSettings>): BedrockSettings {
  const silences = { maxTokens: 1, firstByteMs: 1, idleMs: 1 };
  return { modelId: "m", region: undefined, profile: undefined, endpoint: undefined, ...silences, ...own };
}

const fips = { network: { useFipsEndpoint: true } } as const;
const dualStack = { network: { useDualstackEndpoint: true } } as const;
const both = { network: { useFipsEndpoint: true, useDualstackEndpoint: true } } as const;

/** The region, what else is set, and the host. */
const hosts: readonly (readonly [string, Partial<BedrockSettings>, string])[] = [
  ["eu-central-1", {}, "bedrock-runtime.eu-central-1.amazonaws.com"],
  ["us-east-1", fips, "bedrock-runtime-fips.us-east-1.amazonaws.com"],
  ["us-east-1", dualStack, "bedrock-runtime.us-east-1.api.aws"],
  ["us-east-1", both, "bedrock-runtime-fips.us-east-1.api.aws"],
  ["us-gov-west-1", {}, "bedrock-runtime.us-gov-west-1.amazonaws.com"],
  ["us-gov-west-1", fips, "bedrock-runtime-fips.us-gov-west-1.amazonaws.com"],
  ["cn-north-1", {}, "bedrock-runtime.cn-north-1.amazonaws.com.cn"],
  ["cn-north-1", dualStack, "bedrock-runtime.cn-north-1.api.amazonwebservices.com.cn"],
  ["eusc-de-east-1", {}, "bedrock-runtime.eusc-de-east-1.amazonaws.eu"],
  ["us-iso-east-1", {}, "bedrock-runtime.us-iso-east-1.c2s.ic.gov"],
  ["us-isob-east-1", {}, "bedrock-runtime.us-isob-east-1.sc2s.sgov.gov"],
  ["eu-isoe-west-1", {}, "bedrock-runtime.eu-isoe-west-1.cloud.adc-e.uk"],
  ["us-isof-south-1", {}, "bedrock-runtime.us-isof-south-1.csp.hci.ic.gov"],
];

describe("resolveEndpoint", () => {
  for (const [region, own, host] of hosts) {
    it(`${region} is asked at ${host}, which counts as AWS's own`, async () => {
      const url = await resolveEndpoint(settings({ region, ...own }));
      assert.equal(url.href, `https://${host}/`);
      assert.equal(isAwsEndpoint(url.origin), true);
    });
  }

  it("variables of the environment say FIPS and dual-stack where the settings do not", async (test) => {
    setVariables(test, { AWS_USE_FIPS_ENDPOINT: "true", AWS_USE_DUALSTACK_ENDPOINT: "true" });
    const url = await resolveEndpoint(settings({ region: "us-west-2" }));
    assert.equal(url.host, "bedrock-runtime-fips.us-west-2.api.aws");
  });

  it("a VPC endpoint and a gateway are asked as they are, whatever the environment says", async (test) => {
    setVariables(test, { AWS_USE_FIPS_ENDPOINT: "true", AWS_USE_DUALSTACK_ENDPOINT: "true" });
    for (const [endpoint, isAws] of [
      ["https://vpce-0a1b-2c3d.bedrock-runtime.us-east-1.vpce.amazonaws.com/", true],
      ["http://kong.corp.example:8000/bedrock", false],
    ] as const) {
      const url = await resolveEndpoint(settings({ region: "us-east-1", endpoint }));
      assert.deepEqual([url.href, isAwsEndpoint(endpoint)], [endpoint, isAws]);
    }
  });

  it("the endpoint of the environment is the SDK's to find", async (test) => {
    setVariables(test, {
      AWS_ENDPOINT_URL_BEDROCK_RUNTIME: "https://vpce-1.bedrock-runtime.us-east-1.vpce.amazonaws.com",
    });
    const url = await resolveEndpoint(settings({ region: "us-east-1" }));
    assert.equal(url.host, "vpce-1.bedrock-runtime.us-east-1.vpce.amazonaws.com");
  });

  for (const [setting, network] of [
    ["outcrop.useFipsEndpoint", fips.network],
    ["outcrop.useDualstackEndpoint", dualStack.network],
  ] as const) {
    it(`${setting} together with an endpoint is refused by name: requests would go past what was asked for`, async () => {
      await assert.rejects(
        resolveEndpoint(settings({ region: "us-east-1", endpoint: "https://gateway.example", network })),
        (error) => isModelError(error) && error.kind === "configuration" && error.message.startsWith(setting),
      );
    });
  }
});
