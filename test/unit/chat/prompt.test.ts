import assert from "node:assert/strict";
import { describe, it } from "node:test";
import {
  isAttachmentText,
  type PromptAttachment,
  toAttachment,
  toUserMessage,
  turnStart,
} from "../../../src/chat/prompt.ts";

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

describe("attachments of other kinds", () => {
  const plain = { id: "x", language: "" };
  const image = { image: { format: "png", source: { bytes: new Uint8Array([1]) } } } as const;

  it("UX23 name what they are, and images and documents are blocks behind their text", () => {
    const attachments: readonly PromptAttachment[] = [
      { ...plain, kind: "file", label: "a.ts", path: "src/a.ts", text: "src/a.ts (lines 1-1 of 1)\n1\tx" },
      { ...plain, kind: "pasted", label: "Pasted text #1 – 2 lines", text: "one\ntwo" },
      { ...plain, kind: "image", label: "shot.png", text: "", media: image },
      { ...plain, kind: "prompt", label: "/review", path: ".github/prompts/review.prompt.md", text: "Review." },
    ];
    assert.deepEqual(toUserMessage({ text: "Why?", attachments }).content, [
      { text: "Attached file: src/a.ts:\n```\nsrc/a.ts (lines 1-1 of 1)\n1\tx\n```" },
      { text: "Attached text: Pasted text #1 – 2 lines:\n```\none\ntwo\n```" },
      image,
      { text: "Attached instructions of the user: .github/prompts/review.prompt.md:\n```\nReview.\n```" },
      { text: "Why?" },
    ]);
  });

  it("UX30 what could not be read is in the transcript, and not in the message", () => {
    const attachments = [{ ...plain, kind: "file", label: "id_rsa", text: "", problem: "It holds keys." }] as const;
    assert.deepEqual(toUserMessage({ text: "Why?", attachments }).content, [{ text: "Why?" }]);
    const start = turnStart({ text: "Why?", attachments }, { turnId: "t", connection: { kind: "demo" }, at: 1 });
    assert.deepEqual(start.type === "turn-start" && start.attachments, [
      { id: "x", kind: "file", label: "id_rsa", problem: "It holds keys." },
    ]);
  });

  it("are told from what was written", () => {
    const texts = (attachment: PromptAttachment) =>
      toUserMessage({ text: "Why?", attachments: [attachment] }).content?.map(({ text = "" }) =>
        isAttachmentText(text),
      );
    const kinds = [
      "selection",
      "file",
      "folder",
      "symbol",
      "problems",
      "changes",
      "terminal",
      "pasted",
      "url",
    ] as const;
    for (const kind of kinds)
      assert.deepEqual(texts({ ...plain, kind, label: "x: y", text: "z" }), [true, false], kind);
    assert.deepEqual(texts(attachment), [true, false]);
    assert.equal(isAttachmentText("Attached is what I mean:\n```"), false);
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
