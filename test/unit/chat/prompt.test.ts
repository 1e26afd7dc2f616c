import assert from "node:assert/strict";
import { describe, it } from "node:test";
import { type PromptAttachment, toAttachment, toUserMessage } from "../../../src/chat/prompt.ts";

const attachment: PromptAttachment = {
  id: "a1",
  label: "a.md:3-4",
  path: "docs/a.md",
  startLine: 3,
  endLine: 4,
  text: "one\ntwo",
  language: "markdown",
};

describe("toUserMessage", () => {
  it("puts what is attached before what was written", () => {
    const other = { ...attachment, path: "b.ts", text: "x", language: "typescript" };
    assert.deepEqual(toUserMessage({ text: "Why?", attachments: [attachment, other] }), {
      role: "user",
      content: [
        { text: "Selection from docs/a.md, lines 3 to 4:\n```markdown\none\ntwo\n```" },
        { text: "Selection from b.ts, lines 3 to 4:\n```typescript\nx\n```" },
        { text: "Why?" },
      ],
    });
  });

  it("fences text with more backticks than it has in a row", () => {
    const fenced = (text: string) =>
      toUserMessage({ text: "?", attachments: [{ ...attachment, text }] })
        .content?.[0]?.text?.split("\n")
        .at(-1);
    assert.equal(fenced("a `b` c"), "```");
    assert.equal(fenced("```ts\nx\n```"), "````");
    assert.equal(fenced("`".repeat(7)), "`".repeat(8));
    assert.equal(fenced("` ".repeat(300_000)), "```");
  });
});

describe("toAttachment", () => {
  it("keeps the place, not the text", () => {
    assert.deepEqual(toAttachment(attachment), {
      id: "a1",
      label: "a.md:3-4",
      path: "docs/a.md",
      startLine: 3,
      endLine: 4,
    });
  });
});
