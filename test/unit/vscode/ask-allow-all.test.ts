import assert from "node:assert/strict";
import { describe, it } from "node:test";
import { askAllowAll } from "../../../src/vscode/ask-allow-all.ts";
import type { Dialogs, Question } from "../../../src/vscode/dialogs.ts";
import { testPolicy } from "../../support/test-policy.ts";

interface Window {
  readonly whyNot?: string;
  readonly isOpen?: boolean;
  /** While that Allow All is on is written down. */
  readonly onRecord?: () => void;
}

type Press = (question: Question<string>) => string | undefined;

/** A window with two chats, the first of which is shown. */
function scene(press: Press, { whyNot, isOpen = false, onRecord }: Window = {}) {
  const record = async () => onRecord?.();
  const chats = [1, 2].map(() => ({ policy: testPolicy({ mayAllowAll: () => whyNot === undefined, record }).policy }));
  const [first = assert.fail(), second = assert.fail()] = chats;
  const questions: Question<string>[] = [];
  const told: string[] = [];
  const focus = { count: 0 };
  const sessions = { shown: first, current: async () => sessions.shown };
  const dialogs: Dialogs = {
    isOpen,
    ask: async (question) => {
      questions.push(question);
      const pressed = press(question);
      return question.buttons.find((button) => button === pressed);
    },
  };
  const ask = () =>
    askAllowAll({
      ...{ sessions, dialogs, whyNot: () => whyNot, tell: (text) => void told.push(text) },
      focus: async () => void focus.count++,
    });
  return { ask, focus, questions, told, sessions, first, second };
}

describe("askAllowAll", () => {
  it("UX79 turns it on only where the dialog's own button was pressed, which is not the one of Enter", async () => {
    for (const pressed of [undefined, "Cancel", "Keep Default Permissions"]) {
      const { ask, first, focus } = scene(() => pressed);
      await ask();
      assert.deepEqual([first.policy.allowAll.isOn, focus.count], [false, 1], pressed);
    }
    const { ask, first, questions } = scene(() => "Allow All");
    await ask();
    assert.equal(first.policy.allowAll.isOn, true);
    const [question = assert.fail()] = questions;
    assert.deepEqual(question.buttons, ["Keep Default Permissions", "Allow All"]);
    for (const told of [
      /without asking you/,
      /still asked about files that steer/,
      /Text in files and results can steer/,
    ])
      assert.match(question.detail, told);
    await ask();
    assert.equal(questions.length, 1);
  });

  it("J04 G18 asks nothing while another dialog is open, however often a panel says so", async () => {
    const { ask, questions, first, focus } = scene(() => "Allow All", { isOpen: true });
    await Promise.all([ask(), ask(), ask()]);
    assert.deepEqual([questions, first.policy.allowAll.isOn, focus.count], [[], false, 0]);
  });

  it("is for the chat that it was asked about: another one that is shown meanwhile does not get it", async () => {
    const { ask, sessions, first, second } = scene(() => {
      sessions.shown = second;
      return "Allow All";
    });
    await ask();
    assert.deepEqual([first.policy.allowAll.isOn, second.policy.allowAll.isOn], [false, false]);
  });

  it("UX79 is not on in a chat that is hidden while it is written down that it is", async () => {
    const { ask, sessions, first, second } = scene(() => "Allow All", { onRecord: () => (sessions.shown = second) });
    await ask();
    assert.equal(sessions.shown, second);
    assert.deepEqual([first.policy.allowAll.isOn, second.policy.allowAll.isOn], [false, false]);
  });

  it("F01 UX79 says why not, without a question, in Restricted Mode and where the setting forbids it", async () => {
    const { ask, questions, told, first } = scene(() => "Allow All", { whyNot: "No." });
    await ask();
    assert.deepEqual([questions, told, first.policy.allowAll.isOn], [[], ["No."], false]);
  });
});
