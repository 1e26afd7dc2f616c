import assert from "node:assert/strict";
import { describe, it } from "node:test";
import { readWishes } from "../../../src/emulator/demo/wishes.ts";
import { setLanguage } from "../../../src/protocol/localize.ts";
import { type AskableThings, suggestedPrompts } from "../../../src/vscode/suggested-prompts.ts";

const folder: AskableThings = { hasFolder: true, hasChanges: false, file: undefined, isDemo: false };
const [whole, left, tests] = ["What is this project?", "Find the TODO comments", "Run the tests"];

describe("the prompts that an empty chat offers", () => {
  it("can be asked of any workspace, and are of what is there: changes, then the active editor's file", () => {
    assert.deepEqual(suggestedPrompts(folder), [whole, left, tests]);
    assert.deepEqual(suggestedPrompts({ ...folder, file: "src/a.ts" }), [whole, "Explain src/a.ts", tests]);
    const both = { ...folder, hasChanges: true, file: "src/a.ts" };
    assert.deepEqual(suggestedPrompts(both), [whole, "Review my changes", tests]);
  });

  it("are none of a workspace where there is none", () => {
    assert.deepEqual(suggestedPrompts({ ...folder, hasFolder: false }), []);
    assert.deepEqual(suggestedPrompts({ ...folder, hasFolder: false, file: "/a.ts" }), ["Explain /a.ts"]);
  });

  it("are understood by the demo model, whatever the display language", (test) => {
    setLanguage("de", { [tests]: "Führe die Tests aus", "Explain {0}": "Erkläre {0}" });
    test.after(() => setLanguage(undefined, {}));
    assert.deepEqual(suggestedPrompts({ ...folder, file: "a.ts" }).slice(1), ["Erkläre a.ts", "Führe die Tests aus"]);
    for (const file of [undefined, "src/http/retry-delay.ts"]) {
      const offered = suggestedPrompts({ ...folder, hasChanges: true, file, isDemo: true });
      const kinds = offered.flatMap(readWishes).map(({ kind }) => kind);
      assert.deepEqual(kinds, ["overview", file === undefined ? "find" : "read", "run"]);
    }
  });

  it("show what a file's name hides", () => {
    const [, explain] = suggestedPrompts({ ...folder, file: "a\u202ets.exe" });
    assert.doesNotMatch(explain ?? "", /\u202e/u);
  });
});
