import assert from "node:assert/strict";
import { describe, it } from "node:test";
import { redact } from "../../../src/bedrock/redact.ts";
import { secretsOf } from "../../../src/bedrock/settings-secrets.ts";

const environment = { AWS_SECRET_ACCESS_KEY: "of the environment", AWS_REGION: "eu-central-1" };

describe("secretsOf", () => {
  it("names header values, what stands behind their scheme, and the keys of the environment, long ones first", () => {
    const requestHeaders = { Authorization: "Bearer opensesame", "x-team": "search", "x-short": "a1" };
    assert.deepEqual(secretsOf({ requestHeaders }, environment), [
      "of the environment",
      "Bearer opensesame",
      "opensesame",
      "search",
    ]);
  });

  it("names none where nothing is set, or what is set is no object of texts", () => {
    for (const requestHeaders of [undefined, null, {}, { "x-team": 1 }, 7]) {
      assert.deepEqual(secretsOf({ requestHeaders }, {}), []);
    }
  });

  it("makes redact hide them wherever they stand, next to what looks like a secret", () => {
    const known = secretsOf({ requestHeaders: { apikey: "opensesame$&" } }, environment);
    const text = "opensesame$& and xopensesame$&x, of the environment, AKIAIOSFODNN7EXAMPLE";
    assert.equal(redact(text, known), "[redacted] and x[redacted]x, [redacted], [redacted]");
  });
});
