import assert from "node:assert/strict";
import { writeFile } from "node:fs/promises";
import { join } from "node:path";
import { describe, it } from "node:test";
import type { BedrockSettings } from "../../../../src/bedrock/bedrock-settings.ts";
import { describeRoute } from "../../../../src/bedrock/network/describe-route.ts";
import { makePrivateAuthority } from "../../../support/private-authority.ts";
import { setVariables } from "../../../support/set-variables.ts";
import { temporaryFolder } from "../../../support/temporary-folder.ts";
import { useOwnEnvironment } from "../../../support/wire-call.ts";

useOwnEnvironment();

function settings(own: Partial<BedrockSettings>): BedrockSettings {
  const silences = { maxTokens: 1, firstByteMs: 1, idleMs: 1 };
  return { modelId: "m", region: "eu-central-1", profile: undefined, endpoint: undefined, ...silences, ...own };
}

describe("describeRoute", () => {
  it("the region's own endpoint, without a proxy", async () => {
    assert.deepEqual(await describeRoute(settings({}), {}), {
      endpoint: "https://bedrock-runtime.eu-central-1.amazonaws.com",
      host: "bedrock-runtime.eu-central-1.amazonaws.com",
      port: 443,
      isTls: true,
      isAws: true,
      from: "region",
      proxy: { by: "none" },
      bundle: undefined,
    });
  });

  it("a gateway, through a proxy of ours whose password is not told, with an own authority", async (test) => {
    const path = join(await temporaryFolder(test), "ca.pem");
    await writeFile(path, makePrivateAuthority().ca);
    const proxy = { by: "own", url: "http://ada:canary@proxy.corp:3128" } as const;
    const own = { endpoint: "https://kong.corp:8443/bedrock", network: { caBundle: path, proxy } };
    const route = await describeRoute(settings(own), {});
    assert.deepEqual(route, {
      endpoint: "https://kong.corp:8443",
      host: "kong.corp",
      port: 8443,
      isTls: true,
      isAws: false,
      from: "chosen",
      proxy: { by: "own", address: "http://proxy.corp:3128" },
      bundle: { from: "outcrop.caBundle", path },
    });
    assert.ok(!JSON.stringify(route).includes("canary"));
  });

  it("VS Code's proxy is VS Code's to know, and an endpoint of the environment is told as that", async (test) => {
    setVariables(test, { AWS_ENDPOINT_URL_BEDROCK_RUNTIME: "http://gateway.corp:8000" });
    const { from, isTls, port, proxy } = await describeRoute(settings({ network: { proxy: { by: "editor" } } }), {});
    assert.deepEqual([from, isTls, port, proxy], ["environment", false, 8000, { by: "editor" }]);
  });
});
