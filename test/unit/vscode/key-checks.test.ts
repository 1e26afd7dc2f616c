import assert from "node:assert/strict";
import { describe, it } from "node:test";
import {
  checkAccessKeyId,
  checkApiKey,
  checkMfaCode,
  checkRegion,
  checkSecretKey,
  checkSessionToken,
} from "../../../src/vscode/key-checks.ts";

describe("what is typed in as a key", () => {
  it("passes where it has the shape, spaces around it or not", () => {
    assert.equal(checkApiKey(" ABSKabcdefghijklmnop "), undefined);
    assert.equal(checkAccessKeyId("AKIAIOSFODNN7EXAMPLE"), undefined);
    assert.equal(checkSecretKey("wJalrXUtnFEMI/K7MDENG/bPxRfiCYEXAMPLEKEY"), undefined);
    assert.equal(checkSessionToken("AKIAIOSFODNN7EXAMPLE")(""), undefined);
    assert.equal(checkMfaCode(" 123456"), undefined);
    for (const region of ["eu-central-1", "us-gov-west-1", "cn-north-1"]) assert.equal(checkRegion(region), undefined);
  });

  it("is refused with what is wrong, and never repeated", () => {
    assert.match(checkApiKey("AKIAIOSFODNN7EXAMPLE") ?? "", /Set Access Keys/);
    assert.match(checkSessionToken("ASIAIOSFODNN7EXAMPLE")("") ?? "", /session token/);
    const wrong = "not a key";
    for (const check of [
      checkApiKey,
      checkAccessKeyId,
      checkSecretKey,
      checkSessionToken("ASIA"),
      checkMfaCode,
      checkRegion,
    ]) {
      const said = check(wrong);
      assert.ok(said !== undefined && !said.includes(wrong));
    }
  });
});
