import assert from "node:assert/strict";
import { describe, it } from "node:test";
import type { ContentBlock, Message } from "@aws-sdk/client-bedrock-runtime";
import * as fc from "fast-check";
import { toConverse } from "../../../src/agent/history.ts";
import { assertAccepted, refusals } from "../../support/accepted-by-bedrock.ts";

const user = (...content: ContentBlock[]): Message => ({ role: "user", content });
const assistant = (...content: ContentBlock[]): Message => ({ role: "assistant", content });
const use = (toolUseId: string): ContentBlock => ({ toolUse: { toolUseId, name: "look", input: {} } });
const result = (toolUseId: string, text = "found"): ContentBlock => ({
  toolResult: { toolUseId, status: "success", content: [{ text }] },
});
const interrupted = (toolUseId: string): ContentBlock => ({
  toolResult: {
    toolUseId,
    status: "error",
    content: [{ text: "This call was interrupted; it is not known to have run. Check before doing it again." }],
  },
});
const hi = user({ text: "Hi" });

describe("toConverse", () => {
  it("leaves a whole conversation as it is", () => {
    const messages = [
      hi,
      assistant(
        { reasoningContent: { reasoningText: { text: " hm ", signature: "s" } } },
        { text: "I look." },
        use("1"),
        use("2"),
      ),
      user(result("1"), result("2")),
      assistant({ text: "Done." }),
      user({ text: "Thanks" }),
    ];
    assert.deepEqual(toConverse(messages), messages);
    assertAccepted(messages);
  });

  it("B6.85 merges neighbours of one role", () => {
    assert.deepEqual(
      toConverse([hi, user({ text: "again" }), assistant({ text: "a" }), assistant({ text: "b" }), hi]),
      [user({ text: "Hi" }, { text: "again" }), assistant({ text: "a" }, { text: "b" }), hi],
    );
  });

  it("does not change the messages it is given", () => {
    const first = user({ text: "Hi" });
    const messages = [first, user({ text: "again" })];
    toConverse(messages);
    assert.deepEqual(messages, [user({ text: "Hi" }), user({ text: "again" })]);
  });

  it("B6.85 begins with the user", () => {
    assert.deepEqual(toConverse([assistant({ text: "Hello" }), hi]), [hi]);
  });

  it("B6.86 ends with the user", () => {
    assert.deepEqual(toConverse([hi, assistant({ text: "Half" })]).at(-1), user({ text: "Please go on." }));
  });

  it("B6.87 B6.88 leaves out blank text and messages that have nothing else", () => {
    const messages = [hi, assistant({ text: " \n" }), user({ text: "" }, { text: "still there?" })];
    assert.deepEqual(toConverse(messages), [user({ text: "Hi" }, { text: "still there?" })]);
  });

  it("B6.88 keeps blank text beside signed reasoning", () => {
    const message = assistant({ reasoningContent: { reasoningText: { text: "", signature: "s" } } }, { text: "" });
    assert.deepEqual(toConverse([hi, message, hi])[1], message);
    assertAccepted([hi, message]);
  });

  it("B6.101 does not send reasoning back that nobody signed", () => {
    const message = assistant({ reasoningContent: { reasoningText: { text: "hm" } } }, { text: "Yes." });
    assert.deepEqual(toConverse([hi, message, hi])[1], assistant({ text: "Yes." }));
    const redacted = assistant({ reasoningContent: { redactedContent: new Uint8Array([1]) } });
    assert.deepEqual(toConverse([hi, redacted, hi])[1], redacted);
  });

  it("B6.89 B6.90 answers calls that have no result, in their order and before anything else", () => {
    const messages = [hi, assistant(use("1"), use("2"), use("3")), user({ text: "well?" }, result("2"))];
    assert.deepEqual(
      toConverse(messages).at(-1),
      user(interrupted("1"), result("2"), interrupted("3"), { text: "well?" }),
    );
    assertAccepted(messages);
  });

  it("B6.92 answers calls at the end of the history", () => {
    assert.deepEqual(toConverse([hi, assistant(use("1"))]).at(-1), user(interrupted("1")));
  });

  it("B6.89 answers calls before the assistant goes on without their results", () => {
    const messages = [hi, assistant(use("1")), assistant({ text: "b" }, use("1")), user(result("1"))];
    assert.deepEqual(toConverse(messages), [
      hi,
      assistant(use("1")),
      user(interrupted("1")),
      assistant({ text: "b" }, use("1")),
      user(result("1")),
    ]);
  });

  it("does not answer for a server tool", () => {
    const message = assistant(
      { toolUse: { toolUseId: "s", name: "web", input: {}, type: "server_tool_use" } },
      { text: "Found." },
    );
    assert.deepEqual(toConverse([hi, message, hi]), [hi, message, hi]);
  });

  it("B6.89 drops results for which no call asked, and never sends an empty message for it", () => {
    assert.deepEqual(toConverse([user(result("0"), { text: "Hi" })]), [hi]);
    assert.deepEqual(toConverse([assistant(use("1")), user(result("1")), hi]), [hi]);
    assert.deepEqual(toConverse([hi, assistant({ text: "a" }), user(result("x")), user({ text: "b" })]), [
      hi,
      assistant({ text: "a" }),
      user({ text: "b" }),
    ]);
  });

  it("B6.90 finds results that come in several messages", () => {
    const messages = [hi, assistant(use("1"), use("2")), user(result("2")), user(result("1"), { text: "go on" })];
    assert.deepEqual(toConverse(messages).at(-1), user(result("1"), result("2"), { text: "go on" }));
  });

  it("B6.93 says of a result without text that there was no output", () => {
    const messages = [
      hi,
      assistant(use("1"), use("2")),
      user(
        { toolResult: { toolUseId: "1", content: [] } },
        { toolResult: { toolUseId: "2", content: [{ text: "  " }, { json: { a: 1 } }] } },
      ),
    ];
    assert.deepEqual(
      toConverse(messages).at(-1),
      user(
        { toolResult: { toolUseId: "1", content: [{ text: "(no output)" }] } },
        { toolResult: { toolUseId: "2", content: [{ json: { a: 1 } }] } },
      ),
    );
    assertAccepted(messages);
  });

  it("B6.103 B6.105 replaces half a character, but leaves signed reasoning alone", () => {
    const signed: ContentBlock = { reasoningContent: { reasoningText: { text: "\ud83d", signature: "s" } } };
    const messages = [user({ text: "a\ud83d" }), assistant(signed, use("1")), user(result("1", "\ude00b 😀"))];
    assert.deepEqual(toConverse(messages), [
      user({ text: "a\uFFFD" }),
      assistant(signed, use("1")),
      user(result("1", "\uFFFDb 😀")),
    ]);
  });

  it("B6.111 is accepted by Bedrock whatever was recorded before", () => {
    fc.assert(
      fc.property(fc.array(fc.oneof(userMessage, assistantMessage), { maxLength: 8 }), (recorded) => {
        assert.deepEqual(refusals([hi, ...recorded]), []);
      }),
      { numRuns: 1_500 },
    );
  });
});

const ids = fc.uniqueArray(fc.constantFrom("1", "2", "3"));
const texts = fc.array(
  fc.constantFrom("Hi", "", " \n", "\ud83d!").map((text): ContentBlock => ({ text })),
  { maxLength: 2 },
);
const results = ids.chain((asked) =>
  fc.tuple(...asked.map((id) => fc.constantFrom("found", "", "\ude00").map((text) => result(id, text)))),
);
const reasoning = fc.constantFrom<readonly ContentBlock[]>(
  [],
  [{ reasoningContent: { reasoningText: { text: "hm", signature: "s" } } }],
  [{ reasoningContent: { reasoningText: { text: "hm" } } }],
);
const userMessage = fc.oneof(
  fc.tuple(texts, results).map(([said, given]) => user(...said, ...given)),
  fc.tuple(results, texts).map(([given, said]) => user(...given, ...said)),
);
const assistantMessage = fc
  .tuple(reasoning, texts, ids)
  .map(([thought, said, asked]) => assistant(...thought, ...said, ...asked.map(use)));
