import assert from "node:assert/strict";
import { it } from "node:test";
import { DraftMemory } from "../../../../src/vscode/sessions/kept-draft.ts";
import { PanelComposer } from "../../../../src/vscode/sessions/panel-composer.ts";

it("UX7 what is put into the composer of a hidden panel is there in the next window too, once", () => {
  const kept = new Map<string, unknown>();
  const store = {
    get: (key: string) => kept.get(key),
    update: async (key: string, value: unknown) => void kept.set(key, value),
  };
  const window = () => {
    const posted: unknown[] = [];
    const drafts = new DraftMemory(store, String);
    const composer = new PanelComposer({
      view: { postWhenReady: (message) => void posted.push(message) },
      drafts,
      shown: () => "s",
      report: (error) => assert.fail(String(error)),
    });
    return { composer, drafts, posted };
  };
  const before = window();
  const prompt = { session: "s", text: "on its way" };
  before.composer.taken(prompt);
  before.composer.prefill("given back");
  before.composer.shown("s");
  assert.deepEqual(before.posted, [{ type: "prefill", text: "given back" }]);
  const { composer, drafts, posted } = window();
  for (const session of ["other", "s", "s"]) composer.shown(session);
  assert.deepEqual(posted, [
    { type: "prefill", text: "on its way" },
    { type: "prefill", text: "given back" },
  ]);
  void drafts.forget("s");
  const after = window();
  after.composer.shown("s");
  assert.deepEqual(after.posted, []);
});
