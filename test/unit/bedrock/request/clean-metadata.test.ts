import assert from "node:assert/strict";
import { it } from "node:test";
import { cleanMetadata } from "../../../../src/bedrock/request/clean-metadata.ts";
import { checkConversation, modelFamily } from "../../../../src/emulator/conversation-rules.ts";

it("metadata is what Bedrock takes of it, and what is left of nothing is left out", () => {
  const hostile = {
    repository: "github.com/Jörg/päckchen",
    branch: 'feature/"quotes" {and} \u202e marks',
    long: "x".repeat(300),
    absent: undefined,
    empty: "  ",
    ключ: "value",
    ...Object.fromEntries(Array.from({ length: 20 }, (_, index) => [`k${index}`, "v"])),
  };
  const cleaned = cleanMetadata(hostile);
  assert.equal(cleaned["repository"], "github.com/Jorg/packchen");
  assert.equal(cleaned["branch"], "feature/-quotes- -and- - marks");
  assert.equal(cleaned["long"], "x".repeat(256));
  assert.equal(Object.keys(cleaned).length, 16);
  assert.ok(!("absent" in cleaned) && !("empty" in cleaned));
  const request = { messages: [{ role: "user", content: [{ text: "Hi" }] }], requestMetadata: cleaned };
  assert.deepEqual(checkConversation(request, modelFamily("anthropic.claude-opus-5")), []);
});
