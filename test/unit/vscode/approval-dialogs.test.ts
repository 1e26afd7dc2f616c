import assert from "node:assert/strict";
import { describe, it } from "node:test";
import type { ApprovalDecision, ApprovalRequest } from "../../../src/protocol/approval.ts";
import { ApprovalDialogs } from "../../../src/vscode/approval-dialogs.ts";
import type { Dialogs, Question } from "../../../src/vscode/dialogs.ts";

const request = (id: string, value = "short"): ApprovalRequest => ({
  ...{ id, digest: `digest of ${id}`, title: `Overwrite ${id}?`, details: [{ label: "Change", value }] },
  ...{ reason: "It is protected.", tier: 2, labels: ["protected file"], warnings: [], offers: [] },
});

/** Dialogs whose buttons the test presses. */
class HeldDialogs implements Dialogs {
  readonly asked: Question<string>[] = [];
  #press: ((button: string | undefined) => void) | undefined;

  get isOpen(): boolean {
    return this.#press !== undefined;
  }

  get titles(): readonly string[] {
    return this.asked.map(({ title }) => title);
  }

  async ask<Button extends string>(question: Question<Button>): Promise<Button | undefined> {
    assert.equal(this.isOpen, false, "one dialog at a time");
    this.asked.push(question);
    const pressed = await new Promise<string | undefined>((resolve) => {
      this.#press = resolve;
    });
    this.#press = undefined;
    return question.buttons.find((button) => button === pressed);
  }

  async press(button: string | undefined): Promise<void> {
    this.#press?.(button);
    await new Promise((resolve) => setImmediate(resolve));
  }
}

function openScene({ focused = true }: { readonly focused?: boolean } = {}) {
  const native = new HeldDialogs();
  const answers: (readonly [string, ApprovalDecision])[] = [];
  const shownWhole: string[] = [];
  const late: string[] = [];
  const gone = new Set<string>();
  const window = { focused };
  const dialogs = new ApprovalDialogs({
    dialogs: native,
    isWaiting: ({ id }) => !gone.has(id),
    isFocused: () => window.focused,
    showWhole: async ({ id }) => void shownWhole.push(id),
    answer: ({ id }, decision) => {
      if (gone.has(id)) return false;
      answers.push([id, decision]);
      return true;
    },
    tooLate: ({ id }) => late.push(id),
    report: (error) => assert.fail(String(error)),
  });
  return { native, dialogs, answers, shownWhole, late, gone, window };
}

describe("dialogs of the second tier", () => {
  it("asks one at a time and in order, with Skip as the button that Enter presses", async () => {
    const { native, dialogs, answers } = openScene();
    dialogs.ask(request("a"));
    dialogs.ask(request("b"));
    assert.deepEqual(native.titles, ["Overwrite a?"]);
    assert.deepEqual(native.asked[0]?.buttons, ["Skip", "Show in Editor", "Allow Once"]);
    await native.press("Allow Once");
    assert.deepEqual(native.titles, ["Overwrite a?", "Overwrite b?"]);
    await native.press("Skip");
    assert.deepEqual(answers, [
      ["a", { kind: "allow" }],
      ["b", { kind: "skip", feedback: "" }],
    ]);
  });

  it("leaves a request open whose dialog was closed, until it is asked for again", async () => {
    const { native, dialogs, answers } = openScene();
    dialogs.ask(request("a"));
    await native.press(undefined);
    dialogs.look();
    assert.deepEqual([native.titles, answers], [["Overwrite a?"], []]);
    dialogs.ask(request("a"));
    assert.deepEqual(native.titles, ["Overwrite a?", "Overwrite a?"]);
  });

  it("asks about the same request once, however often it is asked to", async () => {
    const { native, dialogs } = openScene();
    for (const id of ["a", "a", "b", "b"]) dialogs.ask(request(id));
    await native.press("Skip");
    await native.press("Skip");
    assert.deepEqual(native.titles, ["Overwrite a?", "Overwrite b?"]);
  });

  it("waits until the user looks at the window", async () => {
    const { native, dialogs, window } = openScene({ focused: false });
    dialogs.ask(request("a"));
    assert.deepEqual(native.titles, []);
    window.focused = true;
    dialogs.look();
    assert.deepEqual(native.titles, ["Overwrite a?"]);
  });

  it("does not ask about a request that is gone, and says of one that went meanwhile that nothing was done", async () => {
    const { native, dialogs, gone, late, answers } = openScene();
    for (const id of ["a", "b"]) dialogs.ask(request(id));
    for (const id of ["a", "b"]) gone.add(id);
    await native.press("Allow Once");
    assert.deepEqual([native.titles, late, answers], [["Overwrite a?"], ["a"], []]);
  });

  it("has no Allow for what does not fit into the dialog, before all of it was shown", async () => {
    const { native, dialogs, shownWhole, answers } = openScene();
    const long = request("a", "line\n".repeat(1_000));
    dialogs.ask(long);
    assert.deepEqual(native.asked[0]?.buttons, ["Skip", "Show in Editor"]);
    await native.press("Show in Editor");
    assert.deepEqual(shownWhole, ["a"]);
    dialogs.ask(long);
    assert.deepEqual(native.asked[1]?.buttons, ["Skip", "Show in Editor", "Allow Once"]);
    await native.press("Allow Once");
    assert.deepEqual(answers, [["a", { kind: "allow" }]]);
  });

  it("asks nothing more of a session that is left", async () => {
    const { native, dialogs } = openScene();
    dialogs.ask(request("a"));
    dialogs.ask(request("b"));
    dialogs.clear();
    await native.press("Skip");
    assert.deepEqual(native.titles, ["Overwrite a?"]);
  });

  it("lets what a rule may cover be allowed in this chat, and offers that for nothing else", async () => {
    const { dialogs, native, answers } = openScene();
    const rule = 'allow move_pickup(request "POST https://api.example.com/p")';
    const offer = { id: "o1", label: "move_pickup", rules: [rule], scopes: ["turn", "session", "workspace"] } as const;
    dialogs.ask({ ...request("pickup"), offers: [offer] });
    assert.ok(native.asked[0]?.buttons.includes("Allow in This Chat"));
    await native.press("Allow in This Chat");
    assert.deepEqual(answers, [["pickup", { kind: "allow", grant: { offer: "o1", scope: "session" } }]]);
    dialogs.ask(request("settings"));
    assert.equal(native.asked[1]?.buttons.includes("Allow in This Chat"), false);
  });
});
