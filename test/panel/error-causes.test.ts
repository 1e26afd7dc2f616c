import assert from "node:assert/strict";
import { describe, it } from "node:test";
import { classifyError } from "../../src/bedrock/classify-error.ts";
import { bedrockContext } from "../support/panel/contexts.ts";
import type { PanelPage } from "../support/panel/panel-page.ts";
import { openPanelForEach } from "../support/panel/suite-panel.ts";
import { endAt, turnAt } from "../support/panel/trouble-scenes.ts";

const start = Date.UTC(2026, 10, 21, 9, 30);
const requestId = "0d1c2b3a-4e5f-6071-8293-a4b5c6d7e8f9";
const place = { modelId: "claude-sonnet-4-5", region: "eu-central-1", endpoint: undefined, requestId: undefined };

/** What AWS, or Node, throws for each cause, and what the user is to read and may do. An answer that was too long is in endings.test.ts. */
const causes: readonly (readonly [
  cause: string,
  thrown: Readonly<Record<string, unknown>> & { readonly message: string },
  words: RegExp,
  actions: readonly string[],
])[] = [
  [
    "throttled",
    { name: "ThrottlingException", message: "Too many requests", $metadata: { httpStatusCode: 429, requestId } },
    /^Throttled by Bedrock \(claude-sonnet-4-5, eu-central-1\)\.$/,
    ["Retry", "Switch Model"],
  ],
  [
    "auth",
    { name: "ExpiredTokenException", message: "The token has expired", $metadata: { httpStatusCode: 403, requestId } },
    /^The AWS credentials have expired .*sign in again \(/,
    ["Sign In", "Retry", "Open Settings"],
  ],
  [
    "access_denied",
    { name: "AccessDeniedException", message: "No access to it", $metadata: { httpStatusCode: 403, requestId } },
    /^AWS denied access to the model \(claude-sonnet-4-5, eu-central-1\)\.$/,
    ["Retry", "Switch Model", "Open Settings"],
  ],
  [
    "network",
    { name: "Error", message: "getaddrinfo ENOTFOUND bedrock-runtime.eu-central-1.amazonaws.com", code: "ENOTFOUND" },
    /^Bedrock could not be reached \(ENOTFOUND\): check the connection/,
    ["Retry", "Open Settings"],
  ],
  [
    "context_overflow",
    {
      name: "ValidationException",
      message: "Input is too long for requested model.",
      $metadata: { httpStatusCode: 400, requestId },
    },
    /^The conversation is too long for the model \(claude-sonnet-4-5, eu-central-1\)\.$/,
    ["Compact Conversation", "Switch Model", "Retry"],
  ],
];

describe("a model call that failed for good", () => {
  let panel: PanelPage;
  openPanelForEach({ context: bedrockContext }, async (opened) => {
    panel = opened;
  });

  for (const [cause, { message, ...facts }, words, actions] of causes) {
    it(`UX57 ${cause}: its turn says the cause and what helps, offers Retry, and has the request's id where there is one`, async () => {
      const { error } = classifyError(Object.assign(new Error(message), facts), place);
      assert.equal(error.kind, cause);
      await panel.emit(...turnAt(start), endAt(start, { kind: "failed", error, cutOff: false }));
      const notice = panel.page.locator(".notice");
      assert.match((await notice.locator(".notice-text").textContent()) ?? "", words);
      assert.deepEqual(await notice.locator(".notice-actions button").allTextContents(), actions);
      await notice.getByRole("button", { name: "Details" }).click();
      const details = (await notice.locator(".error-item").textContent()) ?? "";
      assert.ok(details.includes(`Kind: ${cause}`) && details.includes(message), details);
      assert.equal(details.includes(`Request ID: ${requestId}`), cause !== "network");
      await notice.getByRole("button", { name: "Retry", exact: true }).click();
      assert.deepEqual(await panel.posts(), [{ type: "resume" }]);
    });
  }
});
