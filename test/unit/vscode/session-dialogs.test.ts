import assert from "node:assert/strict";
import { describe, it } from "node:test";
import type { PromptAttachment } from "../../../src/chat/prompt.ts";
import type { ApprovalRequest } from "../../../src/protocol/approval.ts";
import type { Question } from "../../../src/vscode/dialogs.ts";
import { SessionDialogs } from "../../../src/vscode/session-dialogs.ts";
import { createSession } from "../../support/create-session.ts";
import { messageStop, ScriptedModel, textBlock } from "../../support/scripted-model.ts";

/** `press` is the button that the user presses in every dialog. */
function openScene({ press, isOpen = false }: { readonly press?: string; readonly isOpen?: boolean } = {}) {
  const asked: Question<string>[] = [];
  const { session } = createSession(new ScriptedModel([...textBlock(0, "Hello."), messageStop("end_turn")]));
  const dialogs = new SessionDialogs({
    session,
    dialogs: {
      isOpen,
      ask: async (question) => {
        asked.push(question);
        return question.buttons.find((button) => button === press);
      },
    },
    isFocused: () => true,
    showWhole: async () => false,
    tell: (text) => assert.fail(text),
    holdsSecret: (text) => text.includes("secret"),
    limits: () => ({
      turn: { toolCalls: 40, wallClockMs: 900_000 },
      spend: { perTurn: 2, perSession: 20, perDay: 20 },
    }),
    report: (error) => assert.fail(String(error)),
  });
  return { dialogs, asked, session };
}

const attachment = (label: string, text: string): PromptAttachment => ({
  ...{ id: label, label, path: label, startLine: 1, endLine: 1, language: "plaintext" },
  text,
});

const request: ApprovalRequest = {
  ...{ id: "t1", digest: "d", title: "Overwrite a?", details: [], reason: "", tier: 2 },
  ...{ labels: [], warnings: [], offers: [] },
};

describe("what the user decides in dialogs", () => {
  it("L07 sends a prompt without a secret unasked, and names the places of one that has some", async () => {
    const plain = openScene();
    assert.equal(await plain.dialogs.maySend({ text: "hello", attachments: [attachment("a.ts:1", "x")] }), true);
    assert.deepEqual(plain.asked, []);
    const { dialogs, asked } = openScene({ press: "Send with It Masked" });
    const attachments = [attachment("a.ts:1", "x"), attachment("b.env:2", "a secret")];
    assert.equal(await dialogs.maySend({ text: "my secret", attachments }), true);
    assert.match(asked[0]?.detail ?? "", /^Found in the prompt, b\.env:2\. /);
  });

  it("L07 sends nothing where the user closes the dialog, or where another dialog is open", async () => {
    const closed = openScene();
    assert.equal(await closed.dialogs.maySend({ text: "a secret", attachments: [] }), false);
    const open = openScene({ press: "Send with It Masked", isOpen: true });
    assert.equal(await open.dialogs.maySend({ text: "a secret", attachments: [] }), false);
    assert.deepEqual(open.asked, []);
  });

  it("G18 shows no dialog for what the panel makes up", async () => {
    const { dialogs, asked, session } = openScene({ press: "Allow Once" });
    dialogs.show("t1");
    await dialogs.answer({
      id: "t1",
      digest: "d",
      decision: { kind: "allow", grant: { offer: "any", scope: "workspace" } },
    });
    await dialogs.resume();
    assert.deepEqual([asked, session.isEmpty], [[], true]);
  });

  it("asks of itself only about requests that are still open", async () => {
    const { dialogs, asked } = openScene({ press: "Allow Once" });
    dialogs.see({ type: "tool-awaiting-approval", id: "t1", request, at: 0 });
    await new Promise((resolve) => setImmediate(resolve));
    assert.deepEqual(asked, []);
  });
});
