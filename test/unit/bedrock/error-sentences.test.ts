import assert from "node:assert/strict";
import { describe, it } from "node:test";
import { features } from "../../../src/agent/capabilities.ts";
import { type CallPlace, classifyError, stallOf, timedOut } from "../../../src/bedrock/classify-error.ts";
import { treatments } from "../../../src/bedrock/error-treatments.ts";
import { healingOf, refusalOf } from "../../../src/bedrock/feature-words.ts";

const place: CallPlace = { modelId: "m-1", region: "eu-west-1", endpoint: undefined, requestId: undefined };
const refusal = (message: string, name = "ValidationException", status = 400) =>
  classifyError(Object.assign(new Error(message), { name, $metadata: { httpStatusCode: status } }), place);

describe("what the user reads of an error", () => {
  it("holds the first 300 characters of one that nobody knows, and all of it in the details", () => {
    const long = `Something new\n  ${"x".repeat(400)}`;
    const { error } = classifyError(new Error(long), place);
    const begun = `Something new ${"x".repeat(286)}…`;
    assert.deepEqual(error, {
      kind: "unknown",
      message: `The model call failed (m-1, eu-west-1): ${begun}`,
      detail: long,
      actions: ["retry", "show-log"],
    });
    assert.equal(classifyError(new Error("odd."), place).error.message, "The model call failed (m-1, eu-west-1): odd.");
  });

  it("hides a secret in a text that nobody knows", () => {
    const secret = "sk-or-secret-0123456789";
    const { error } = classifyError(new Error(`Bad key ${secret}`), { ...place, secrets: [secret] });
    assert.doesNotMatch(`${error.message} ${error.detail}`, /0123456789/);
  });

  it("leaves Retry where the user can change something, one press away", () => {
    const withRetry = Object.entries(treatments).filter(([, { actions }]) => actions.includes("retry"));
    assert.deepEqual(
      withRetry.map(([kind]) => kind),
      Object.keys(treatments),
    );
    const texts = [
      "Invocation of model ID m-1 with on-demand throughput isn't supported.",
      "Model use case details have not been submitted for this account.",
      "The maximum tokens you requested exceeds the model limit of 4096.",
      "This model version has reached the end of its life.",
      "messages.3: something is wrong",
      "Malformed input request",
    ];
    for (const text of texts) {
      const { actions } = refusal(text).error;
      assert.ok(actions.includes("retry") && actions.includes("select-model"), text);
    }
  });

  it("offers to sign in where credentials are at fault, and to ask for less where the answer was to be too long", () => {
    const expired = refusal("The security token included in the request is expired", "ExpiredTokenException", 403);
    const absent = refusal("Could not load credentials from any providers", "CredentialsProviderError");
    assert.deepEqual(expired.error.actions, ["sign-in", "retry", "open-settings"]);
    assert.deepEqual(absent.error.actions, ["sign-in", "retry", "open-settings", "try-demo"]);
    const tooMuch = refusal("The maximum tokens you requested exceeds the model limit of 4096.");
    assert.deepEqual(tooMuch.error.actions, ["lower-max-tokens", "retry", "select-model"]);
  });
});

describe("what the user reads of a request that healed itself", () => {
  it("is a whole sentence for every feature", () => {
    for (const feature of features) {
      assert.match(healingOf(feature, {}), /^Asked again .+\.$/, feature);
      assert.match(refusalOf(feature), /^The model does not take .+[^.]$/, feature);
    }
  });

  it("comes with the refusal, and names the number of tokens that the model takes", () => {
    assert.equal(
      refusal("The maximum tokens you requested exceeds the model limit of 4096.").lesson.healed,
      "Asked again with at most 4,096 output tokens.",
    );
    assert.equal(
      refusal("This model doesn't support tool use in streaming mode.").lesson.healed,
      "Asked again without streaming, because this model's tools do not stream.",
    );
  });
});

describe("stallOf", () => {
  it("names the failure that the watchdog makes of a silence, and its retries", () => {
    for (const phase of ["first-byte", "thinking", "text", "tool-input"] as const) {
      const { error, retry } = timedOut(phase, 1_000, place);
      assert.deepEqual(stallOf(phase), { kind: error.kind, most: retry.most });
    }
  });
});
