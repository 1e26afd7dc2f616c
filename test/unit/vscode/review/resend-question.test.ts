import assert from "node:assert/strict";
import { describe, it } from "node:test";
import type { RestorePlan } from "../../../../src/tools/checkpoints/restore-files.ts";
import type { Question } from "../../../../src/vscode/dialogs.ts";
import { askResend } from "../../../../src/vscode/review/resend-question.ts";

const nothing: RestorePlan = { files: new Map(), changedSince: [], notKept: [], blocked: [] };
const edits: RestorePlan = { ...nothing, files: new Map([["/w/a.ts", { kind: "missing" }]]) };
const facts = { later: 2, isRunning: true, folders: [{ name: "w", path: "/w" }] };

/** The user presses this button where they are asked. */
async function ask(plan: RestorePlan, press: string | undefined, asks = true) {
  const asked: Question<string>[] = [];
  let isOff = false;
  const dialogs = {
    isOpen: false,
    ask: async <Button extends string>(question: Question<Button>) => {
      asked.push(question);
      return question.buttons.find((button) => button === press);
    },
  };
  const neverAsk = async () => {
    isOff = true;
  };
  const answer = await askResend(plan, facts, dialogs, { asks: () => asks, neverAsk });
  return { answer, asked, isOff };
}

describe("before an edited prompt is sent again", () => {
  it("UX52 says what is taken back, and asks what becomes of the files", async () => {
    const { answer, asked } = await ask(edits, "Keep Edits and Send");
    assert.equal(answer, "keep");
    assert.deepEqual(asked[0]?.buttons, ["Undo Edits and Send", "Keep Edits and Send", "Send and Don't Ask Again"]);
    assert.match(
      asked[0]?.detail ?? "",
      /^What came of this prompt and 2 later ones will be taken back\.\n\nThe running turn ends\./,
    );
    assert.match(asked[0]?.detail ?? "", /a\.ts/);
    assert.equal((await ask(edits, "Undo Edits and Send")).answer, "undo");
    assert.equal((await ask(nothing, "Send")).answer, "undo");
    assert.equal((await ask(nothing, undefined)).answer, undefined);
  });

  it("UX52 asks no more once the user said so, except about somebody else's work", async () => {
    const { answer, isOff } = await ask(edits, "Send and Don't Ask Again");
    assert.deepEqual([answer, isOff], ["undo", true]);
    const silent = await ask(edits, undefined, false);
    assert.deepEqual([silent.answer, silent.asked], ["undo", []]);
    const foreign = await ask({ ...edits, changedSince: ["/w/a.ts"] }, undefined, false);
    assert.equal(foreign.answer, undefined);
    assert.deepEqual(foreign.asked[0]?.buttons, ["Undo Edits and Send", "Keep Edits and Send"]);
  });
});
