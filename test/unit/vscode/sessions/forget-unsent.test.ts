import assert from "node:assert/strict";
import { readdir, rm } from "node:fs/promises";
import { join } from "node:path";
import { describe, it, type TestContext } from "node:test";
import type { ChatSession } from "../../../../src/chat/chat-session.ts";
import { newSession } from "../../../../src/chat/restore-session.ts";
import type { ToWebview } from "../../../../src/protocol/panel-messages.ts";
import type { GatheredContext } from "../../../../src/tools/context/read-context.ts";
import { ChatContexts } from "../../../../src/vscode/context/chat-contexts.ts";
import { ChipFolder } from "../../../../src/vscode/context/chip-folder.ts";
import { forgetUnsent, removeWithUnsent } from "../../../../src/vscode/sessions/forget-unsent.ts";
import { DraftMemory } from "../../../../src/vscode/sessions/kept-draft.ts";
import { PanelComposer } from "../../../../src/vscode/sessions/panel-composer.ts";
import { PromptSender } from "../../../../src/vscode/sessions/prompt-sender.ts";
import { createSession } from "../../../support/create-session.ts";
import { testPromptContext } from "../../../support/prompt-context.ts";
import { messageStop, ScriptedModel, textBlock } from "../../../support/scripted-model.ts";
import { temporaryFolder } from "../../../support/temporary-folder.ts";

const file: GatheredContext = { kind: "file", label: "a.ts", path: "a.ts", text: "a", language: "" };

/** A window on two chats, the first one shown. Files are read when `read` resolves. */
async function openWindow(test: TestContext) {
  const path = join(await temporaryFolder(test), "drafts");
  const open = new Map<string, ChatSession>();
  for (const id of ["a", "b"]) {
    const model = new ScriptedModel([...textBlock(0, "Hi."), messageStop("end_turn")]);
    const { session } = createSession(model, { start: newSession(id) });
    await session.send({ text: "hello", attachments: [] });
    open.set(id, session);
  }
  let shown = "a";
  const read = Promise.withResolvers<readonly GatheredContext[]>();
  const report = (error: unknown): void => assert.fail(String(error));
  const contexts = new ChatContexts({
    create: (_, memory) =>
      testPromptContext({
        memory,
        gather: () => read.promise,
      }),
    shown: () => shown,
    folder: new ChipFolder({ path, mask: String, report }),
  });
  const kept = new Map<string, unknown>();
  const update = async (key: string, value: unknown) => void kept.set(key, value);
  const drafts = new DraftMemory({ get: (key) => kept.get(key), update }, String);
  for (const session of ["a", "b"]) await drafts.write({ session, text: `for ${session}` });
  const [told, prefilled]: [ToWebview[], string[]] = [[], []];
  const sender = new PromptSender({
    ...{ contexts, changed: () => undefined, onSent: () => undefined, onNotSent: () => undefined },
    isGone: (id) => !open.has(id),
    composer: new PanelComposer({
      ...{ drafts, report, shown: () => shown },
      view: { postWhenReady: (message) => void (message.type === "prefill" && prefilled.push(message.text)) },
    }),
  });
  const send = (id: string, text: string, ids: readonly string[]): Promise<void> => {
    const session = open.get(id) ?? assert.fail(id);
    return sender.send({ session, dialogs: { maySend: async () => true } }, text, ids, "send");
  };
  /** Every chat is closed, and another one is shown. */
  const closeAll = (): void => {
    for (const session of open.values()) session.suspend();
    open.clear();
    open.set("c", createSession(new ScriptedModel(), { start: newSession("c") }).session);
    shown = "c";
  };
  const files = () => readdir(path).catch(() => []);
  const unsent = { contexts, drafts, view: { postWhenReady: (message: ToWebview) => void told.push(message) } };
  return { path, contexts, drafts, unsent, told, prefilled, read, send, closeAll, files };
}

describe("what is not sent", () => {
  it("of a deleted chat goes: its chips, its draft, and what the page keeps", async (test) => {
    const { contexts, drafts, unsent, told, files, read } = await openWindow(test);
    for (const id of ["a", "b"]) contexts.of(id).attach(id, { kind: "file", path: "a.ts" });
    read.resolve([file]);
    await forgetUnsent("a", unsent);
    await contexts.settled();
    assert.deepEqual([await files(), told], [["b.json"], [{ type: "drop-drafts", session: "a" }]]);
    assert.deepEqual([drafts.read("a"), drafts.read("b")?.text], [undefined, "for b"]);
  });

  it("of a deleted chat is a prompt on its way as well: it goes to no other chat", async (test) => {
    const { contexts, unsent, prefilled, read, send, closeAll, files } = await openWindow(test);
    contexts.of("a").attach("1", { kind: "file", path: "a.ts" });
    const sent = send("a", "on its way", ["1"]);
    await forgetUnsent("a", unsent);
    closeAll();
    read.resolve([file]);
    await sent;
    await contexts.settled();
    assert.deepEqual([prefilled, contexts.shown?.shown, await files()], [[], [], []]);
  });

  it("goes with everything, and no prompt that was still being read comes back, or onto the disk", async (test) => {
    const { path, contexts, drafts, unsent, told, prefilled, read, send, closeAll, files } = await openWindow(test);
    contexts.of("a").attach("1", { kind: "file", path: "a.ts" });
    contexts.of("b").attach("2", { kind: "file", path: "a.ts" });
    const sent = send("a", "on its way", ["1"]);
    closeAll();
    await removeWithUnsent(async () => {
      assert.deepEqual([told, drafts.read("a"), drafts.read("b")], [[], undefined, undefined]);
      await rm(path, { recursive: true, force: true });
    }, unsent);
    assert.deepEqual(told, [{ type: "drop-drafts" }]);
    read.resolve([file]);
    await sent;
    await contexts.settled();
    assert.deepEqual([prefilled, contexts.shown?.shown, await files()], [[], [], []]);
  });
});
