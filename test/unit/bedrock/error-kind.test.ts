import assert from "node:assert/strict";
import { describe, it } from "node:test";
import { classifyError } from "../../../src/bedrock/classify-error.ts";
import { readFeature } from "../../../src/bedrock/feature-texts.ts";

const place = { modelId: "m", region: "eu-west-1", endpoint: undefined, requestId: undefined };
/** What every object of JavaScript has, whoever sends it as a name. */
const inherited = ["__proto__", "constructor", "toString", "hasOwnProperty", "valueOf"];

describe("classifyError, names that every object has", () => {
  for (const name of inherited) {
    it(`B4.52 takes ${name} for no name and no code that it knows`, () => {
      for (const form of [name, name.charAt(0).toUpperCase() + name.slice(1)]) {
        const { kind, error } = classifyError({ name: form, message: "x", $metadata: { httpStatusCode: 400 } }, place);
        assert.deepEqual([kind, error.message], ["validation", "Bedrock refused the request (m, eu-west-1)."]);
        assert.equal(classifyError({ name: "Error", message: "x", code: form }, place).kind, "unknown");
      }
    });
  }
});

describe("readFeature", () => {
  const denials = [
    "Denied by policy. Please contact your support system administrator.",
    "Support status: closed. Contact support streaming desk about temperature.",
    "Our support team does reasoningContent and toolChoice.",
  ];
  for (const text of denials) {
    it(`B4.66 finds no refused part in: ${text}`, () => {
      assert.equal(readFeature(text, true), undefined);
      assert.equal(readFeature(text, false), undefined);
    });
  }

  it("B4.63 believes only the refusal of prompt caching where access is denied", () => {
    const caching = "You invoked an unsupported model or your request did not allow prompt caching.";
    assert.equal(readFeature(caching, true), "cachePoints");
    assert.equal(readFeature("This model doesn't support the system field.", true), undefined);
    assert.equal(readFeature("This model doesn't support the system field.", false), "system");
  });

  it("B4.66 reads every way to say no", () => {
    for (const no of [
      "doesn't support",
      "doesn\u2019t support",
      "does not support",
      "do not support",
      "cannot support",
    ]) {
      assert.equal(readFeature(`The model ${no} the system field.`, false), "system");
      assert.equal(readFeature(`The model ${no} the temperature parameter.`, false), "temperature");
    }
  });

  it("B4.66 leaves a denied request as it is for a sentence that only sounds like a refused part", () => {
    const error = { name: "AccessDeniedException", message: denials[0], $metadata: { httpStatusCode: 403 } };
    const { kind, feature, retry } = classifyError(error, place);
    assert.deepEqual([kind, feature, retry.most], ["access_denied", undefined, 0]);
  });
});
