import assert from "node:assert/strict";
import { writeFile } from "node:fs/promises";
import { join } from "node:path";
import { describe, it } from "node:test";
import { findRegion, type RegionSettings } from "../../../../src/bedrock/identity/find-region.ts";
import { setVariables } from "../../../support/set-variables.ts";
import { temporaryFolder } from "../../../support/temporary-folder.ts";

const gateway = "https://gateway.example";

const cases: readonly (readonly [string, RegionSettings, NodeJS.ProcessEnv, string | undefined])[] = [
  [
    "the settings' before all others",
    { region: "eu-west-3", profile: "work" },
    { AWS_REGION: "us-east-2" },
    "eu-west-3",
  ],
  ["AWS_REGION before the profile's", { profile: "work" }, { AWS_REGION: "us-east-2" }, "us-east-2"],
  [
    "the variable of the AWS CLI before the profile's",
    { profile: "work" },
    { AWS_DEFAULT_REGION: "us-west-1" },
    "us-west-1",
  ],
  ["AWS_REGION before it", {}, { AWS_REGION: "us-east-2", AWS_DEFAULT_REGION: "us-west-1" }, "us-east-2"],
  ["the chosen profile's", { profile: "work" }, { AWS_PROFILE: "other", AWS_REGION: "" }, "eu-central-1"],
  ["that of the profile that the environment names", {}, { AWS_PROFILE: "other" }, "ca-central-1"],
  ["that of the profile that is the default for the AWS CLI", {}, { AWS_DEFAULT_PROFILE: "other" }, "ca-central-1"],
  ["AWS_PROFILE before it", {}, { AWS_PROFILE: "work", AWS_DEFAULT_PROFILE: "other" }, "eu-central-1"],
  ["the default profile's, whatever signs", {}, { AWS_ACCESS_KEY_ID: "AKIDEXAMPLE" }, "sa-east-1"],
  ["none of a profile without one", { profile: "bare" }, {}, undefined],
  ["none where a gateway decides", { endpoint: gateway }, {}, undefined],
  ["the profile's that signs for a gateway", { endpoint: gateway, profile: "work" }, {}, "eu-central-1"],
];

describe("findRegion", () => {
  for (const [name, settings, environment, region] of cases) {
    it(`finds ${name}`, async (test) => {
      const folder = await temporaryFolder(test);
      const config = join(folder, "config");
      const profiles = ["default", "profile other", "profile work"];
      const regions = ["sa-east-1", "ca-central-1", "eu-central-1"];
      const sections = profiles.map((profile, place) => `[${profile}]\nregion = ${regions[place]}\n`);
      await writeFile(config, `${sections.join("")}[profile bare]\noutput = json\n`);
      setVariables(test, { AWS_CONFIG_FILE: config, AWS_SHARED_CREDENTIALS_FILE: join(folder, "credentials") });
      assert.equal(await findRegion(settings, environment), region);
    });
  }
});
