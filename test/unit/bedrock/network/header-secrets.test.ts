import assert from "node:assert/strict";
import { describe, it } from "node:test";
import { isModelError } from "../../../../src/agent/model.ts";
import { resolveHeaderSecrets, secretNames } from "../../../../src/bedrock/network/header-secrets.ts";

const secrets: Readonly<Record<string, string>> = { kong: "key-1", "team.token": "$& key-2" };
const find = async (name: string): Promise<string | undefined> => secrets[name];

function secret(name: string): string {
  return `\${secret:${name}}`;
}

describe("resolveHeaderSecrets", () => {
  it("puts the values in place, exactly, several in one header too", async () => {
    const headers = {
      apikey: secret("kong"),
      Authorization: `Bearer ${secret("team.token")}+${secret("kong")}`,
      plain: "x",
    };
    assert.deepEqual(await resolveHeaderSecrets(headers, find), {
      apikey: "key-1",
      Authorization: "Bearer $& key-2+key-1",
      plain: "x",
    });
  });

  it("leaves what is no text, or no object, to the check that comes after", async () => {
    for (const headers of [undefined, null, "x", { a: 1, b: null }]) {
      assert.deepEqual(await resolveHeaderSecrets(headers, find), headers);
    }
  });

  for (const name of ["other", "", "a b", "../kong"]) {
    it(`names the secret that is not there: "${name}"`, async () => {
      await assert.rejects(
        resolveHeaderSecrets({ apikey: secret(name) }, find),
        (error) =>
          isModelError(error) && error.kind === "configuration" && error.message.includes(JSON.stringify(name)),
      );
    });
  }

  it("secretNames gives each name once", () => {
    assert.deepEqual(secretNames({ a: `${secret("x")} ${secret("y")}`, b: secret("x"), c: 1 }), ["x", "y"]);
    assert.deepEqual(secretNames(undefined), []);
  });
});
