import assert from "node:assert/strict";
import { writeFile } from "node:fs/promises";
import { join } from "node:path";
import { describe, it } from "node:test";
import { hasSignsOfAws } from "../../../src/bedrock/aws-signs.ts";
import { temporaryFolder } from "../../support/temporary-folder.ts";

const files = (folder: string) => ({
  AWS_SHARED_CREDENTIALS_FILE: join(folder, "credentials"),
  AWS_CONFIG_FILE: join(folder, "config"),
});

describe("hasSignsOfAws", () => {
  it("sees none where there is neither a variable nor a file", async (test) => {
    const folder = await temporaryFolder(test);
    assert.equal(await hasSignsOfAws({ ...files(folder), AWS_REGION: "eu-west-1", AWS_PROFILE: "" }), false);
  });

  for (const name of [
    "AWS_ACCESS_KEY_ID",
    "AWS_PROFILE",
    "AWS_DEFAULT_PROFILE",
    "AWS_BEARER_TOKEN_BEDROCK",
    "AWS_WEB_IDENTITY_TOKEN_FILE",
    "AWS_CONTAINER_CREDENTIALS_RELATIVE_URI",
    "AWS_CONTAINER_CREDENTIALS_FULL_URI",
  ]) {
    it(`sees ${name}`, async (test) => {
      assert.equal(await hasSignsOfAws({ ...files(await temporaryFolder(test)), [name]: "x" }), true);
    });
  }

  for (const name of ["credentials", "config"]) {
    it(`sees a ${name} file`, async (test) => {
      const folder = await temporaryFolder(test);
      await writeFile(join(folder, name), "");
      assert.equal(await hasSignsOfAws(files(folder)), true);
    });
  }
});
