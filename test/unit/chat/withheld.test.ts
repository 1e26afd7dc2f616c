import assert from "node:assert/strict";
import { describe, it } from "node:test";
import type { Message } from "@aws-sdk/client-bedrock-runtime";
import { toConverse } from "../../../src/agent/to-converse/to-converse.ts";
import { applyCompaction } from "../../../src/chat/compaction.ts";
import { estimateTokens } from "../../../src/chat/estimate-tokens.ts";
import { refusedPlaces } from "../../../src/chat/refused-places.ts";
import { applyWithheld, blockedPlaces, describeBlocked } from "../../../src/chat/withheld.ts";
import type { GuardrailReport } from "../../../src/protocol/guardrail.ts";
import { assertAccepted } from "../../support/accepted-by-bedrock.ts";

const signed = { reasoningText: { text: "Hm", signature: "c2ln" } };
const history: readonly Message[] = [
  { role: "user", content: [{ text: "Selection" }, { text: " " }, { text: "Look at it" }] },
  {
    role: "assistant",
    content: [
      { reasoningContent: signed },
      { text: " " },
      { toolUse: { toolUseId: "t1", name: "look", input: { path: "secret" } } },
    ],
  },
  { role: "user", content: [{ toolResult: { toolUseId: "t1", content: [{ text: "it is a Secret" }] } }] },
  { role: "assistant", content: [{ text: "Done" }] },
  { role: "assistant", content: [{ text: "Twice" }] },
  { role: "user", content: [{ text: "Thanks" }] },
];
const note = "[The service refused this part. It is left out.]";

function find(message: number, block?: number) {
  return refusedPlaces({ message, ...(block !== undefined && { block }) }, history, (messages) => toConverse(messages));
}

describe("refusedPlaces", () => {
  it("B4.60 finds the block that became the place, through merged messages and dropped blocks", () => {
    const sent = toConverse(history);
    assert.equal(sent.length, 5);
    assert.deepEqual(find(0, 1), [{ message: 0, block: 2 }]);
    assert.deepEqual(find(1, 0), [{ message: 1, block: 0 }]);
    assert.deepEqual(find(1, 1), [{ message: 1, block: 1 }]);
    assert.deepEqual(find(1, 2), [{ message: 1, block: 2 }]);
    assert.deepEqual(find(2, 0), [{ message: 2, block: 0 }]);
    assert.deepEqual(find(3, 1), [{ message: 4, block: 0 }]);
  });

  it("takes the whole message where no block is named, and nothing that is not of the conversation", () => {
    assert.deepEqual(find(3), [
      { message: 3, block: 0 },
      { message: 4, block: 0 },
    ]);
    assert.deepEqual(find(9, 0), []);
    assert.deepEqual(find(4, 3), []);
    const summary = { kind: "summary", id: 1, before: 5, text: "Notes" } as const;
    const send = (messages: readonly Message[]) => toConverse(applyCompaction(messages, summary));
    assert.deepEqual(refusedPlaces({ message: 0, block: 0 }, history, send), []);
  });
});

describe("applyWithheld", () => {
  it("changes nothing where nothing is withheld", () => {
    assert.equal(applyWithheld(history, []), history);
  });

  it("leaves any block out and keeps a conversation that can be sent", () => {
    for (const [message, { content = [] }] of history.entries()) {
      for (const block of content.keys()) {
        const sent = applyWithheld(history, [{ message, block, reason: "refused" }]);
        assert.equal(sent.length, history.length);
        assertAccepted(toConverse(sent));
      }
    }
  });

  it("puts a note in the place of a text and of a result, and takes the input from a call", () => {
    const places = [
      { message: 0, block: 0 },
      { message: 1, block: 2 },
      { message: 2, block: 0 },
    ];
    const sent = applyWithheld(
      history,
      places.map((place) => ({ ...place, reason: "refused" as const })),
    );
    assert.deepEqual(sent[0]?.content?.[0], { text: note });
    assert.deepEqual(sent[1]?.content?.[2], { toolUse: { toolUseId: "t1", name: "look", input: {} } });
    assert.deepEqual(sent[2]?.content, [{ toolResult: { toolUseId: "t1", content: [{ text: note }] } }]);
  });
});

describe("blockedPlaces", () => {
  const report = (...findings: GuardrailReport["findings"]): GuardrailReport => ({ blocked: true, findings });

  it("B3.48 goes by whole words of three letters at least, in any script; else by the newest message", () => {
    const texts = ["I saw a cat", "Category: concatenated", "Cat!", "Katze_Cat", "数据库密码是零", "Thanks"];
    const said = texts.map((text): Message => ({ role: "user", content: [{ text }] }));
    const found = (match: string) =>
      blockedPlaces(said, report({ side: "input", policy: "word", name: "x", match }), []).map(
        ({ message }) => message,
      );
    assert.deepEqual(found("CAT"), [0, 2]);
    assert.deepEqual(found(" saw a "), [0]);
    assert.deepEqual(found("a"), [5]);
    assert.deepEqual(found("aw"), [5]);
    assert.deepEqual(found("数据库"), [4]);
    assert.deepEqual(found("unsaid"), [5]);
  });

  it("B3.48 says how many parts are left out, and what they are", () => {
    const places = [
      { message: 0, block: 0 },
      { message: 2, block: 0 },
    ];
    assert.equal(
      describeBlocked(places, history),
      "The guardrail blocked 2 parts of the conversation: a text, a tool's result. They are left out of what is sent from now on.",
    );
  });

  it("B3.48 finds a text that the guardrail names wherever it is, whatever its case", () => {
    const word = report({ side: "input", policy: "word", name: "secret", match: "SECRET" });
    assert.deepEqual(blockedPlaces(history, word, []), [
      { message: 1, block: 2, reason: "guardrail" },
      { message: 2, block: 0, reason: "guardrail" },
    ]);
  });

  it("takes the newest message of the user where no text is named, and the answer too where nothing is known", () => {
    const answered = [...history, { role: "assistant" as const, content: [{ text: "Blocked." }] }];
    const topic = report({ side: "input", policy: "topic", name: "Secrets" });
    assert.deepEqual(blockedPlaces(answered, topic, []), [{ message: 5, block: 0, reason: "guardrail" }]);
    assert.deepEqual(blockedPlaces(answered, undefined, []), [
      { message: 5, block: 0, reason: "guardrail" },
      { message: 6, block: 0, reason: "guardrail" },
    ]);
  });

  it("takes nothing for a blocked answer, and nothing twice", () => {
    assert.deepEqual(
      blockedPlaces(history, report({ side: "output", policy: "word", name: "x", match: "it" }), []),
      [],
    );
    const known = [{ message: 5, block: 0, reason: "guardrail" as const }];
    assert.deepEqual(blockedPlaces(history, report({ side: "input", policy: "topic", name: "x" }), known), []);
  });
});

describe("estimateTokens", () => {
  it("counts four characters as a token, and an image as a medium-sized one", () => {
    const image = { format: "png" as const, source: { bytes: new Uint8Array(9) } };
    assert.equal(estimateTokens([{ role: "user", content: [{ text: "x".repeat(400) }, { image }] }]), 1_700);
    assert.equal(
      estimateTokens([
        { role: "user", content: [{ toolResult: { toolUseId: "t", content: [{ text: "x".repeat(40) }, { image }] } }] },
      ]),
      1_610,
    );
  });
});
