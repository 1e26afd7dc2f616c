import assert from "node:assert/strict";
import { describe, it } from "node:test";
import { redact } from "../../../src/bedrock/redact.ts";

const secrets: readonly (readonly [string, string])[] = [
  ["The key AKIAIOSFODNN7EXAMPLE is unknown.", "The key [redacted] is unknown."],
  ["ASIAIOSFODNN7EXAMPLE expired", "[redacted] expired"],
  ["Authorization: Bearer abcdef.123-456", "Authorization: Bearer [redacted]"],
  ['{"authorization":"Basic dXNlcjpwYXNz"}', '{"authorization":"Basic [redacted]"}'],
  [
    "AWS4-HMAC-SHA256 Credential=AKIAIOSFODNN7EXAMPLE/20260101/us-east-1/bedrock/aws4_request, SignedHeaders=host, Signature=0123abcd",
    "AWS4-HMAC-SHA256 Credential=[redacted]/20260101/us-east-1/bedrock/aws4_request, SignedHeaders=host, Signature=[redacted]",
  ],
  [
    "https://h/x?X-Amz-Security-Token=IQoJb3Jp&X-Amz-Signature=ab12",
    "https://h/x?X-Amz-Security-Token=[redacted]&X-Amz-Signature=[redacted]",
  ],
  ["x-amz-security-token:IQoJb3JpZ2luX2VjE", "x-amz-security-token:[redacted]"],
  ["secret access key = wJalrXUtnFEMI", "secret access key = [redacted]"],
  ["found wJalrXUtnFEMI/K7MDENG/bPxRfiCYEXAMPLEKEY here", "found [redacted] here"],
  ["Invalid proxy server token passed: sk-1234567890abcdef", "Invalid proxy server token passed: [redacted]"],
  ["key ABSKQmVkcm9ja0FQSUtleS0xMjM0NTY3 is wrong", "key [redacted] is wrong"],
  ["jwt eyJhbGciOi.eyJzdWIi.c2ln!", "jwt [redacted]!"],
  ["connect to https://me:pass@proxy.example:8080 failed", "connect to https://[redacted]@proxy.example:8080 failed"],
  ['password: "hunter2", next', 'password: "[redacted]", next'],
];

const harmless: readonly string[] = [
  "The security token included in the request is expired",
  "No API key found in request",
  "Too many tokens, please wait before trying again.",
  "prompt is too long: 208310 tokens > 200000 maximum",
  "x-amzn-requestid 0b0a8a0c-6f5b-4f0f-9d0f-2f1d2c3b4a59",
  "the commit 356a192b7913b04c54574d18c28d46e6395428ab",
  "see https://docs.aws.amazon.com/bedrock/latest/userguide/inference-profiles.html",
];

describe("redact", () => {
  for (const [text, expected] of secrets) {
    it(`hides the secret in: ${text.slice(0, 50)}`, () => assert.equal(redact(text), expected));
  }

  for (const text of harmless) {
    it(`leaves alone: ${text.slice(0, 50)}`, () => assert.equal(redact(text), text));
  }

  it("changes nothing the second time", () => {
    for (const [, expected] of secrets) assert.equal(redact(expected), expected);
  });
});
