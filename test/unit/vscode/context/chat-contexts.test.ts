import assert from "node:assert/strict";
import { readdir, stat } from "node:fs/promises";
import { join } from "node:path";
import { describe, it, type TestContext } from "node:test";
import type { ChatSession } from "../../../../src/chat/chat-session.ts";
import type { PromptAttachment } from "../../../../src/chat/prompt.ts";
import { newSession } from "../../../../src/chat/restore-session.ts";
import type { ContextReference } from "../../../../src/protocol/attachment.ts";
import type { GatheredContext } from "../../../../src/tools/context/read-context.ts";
import { ChatContexts } from "../../../../src/vscode/context/chat-contexts.ts";
import { ChipFolder } from "../../../../src/vscode/context/chip-folder.ts";
import { PromptSender } from "../../../../src/vscode/sessions/prompt-sender.ts";
import { createSession } from "../../../support/create-session.ts";
import { testPromptContext } from "../../../support/prompt-context.ts";
import { messageStop, ScriptedModel, textBlock } from "../../../support/scripted-model.ts";
import { temporaryFolder } from "../../../support/temporary-folder.ts";

const answer = [...textBlock(0, "Done."), messageStop("end_turn")];
const mask = (text: string): string => text.replaceAll("hunter2", "[mask]");
const pasted = (text: string): ContextReference => ({ kind: "pasted", text });
const chip = (id: string, text = id): PromptAttachment => ({ id, kind: "pasted", label: id, text, language: "" });

/** A window on the chats of a folder, the first one shown. Nothing was said in those whose names begin with `new`. */
async function openWindow(path: string, ids: readonly string[]) {
  const chats = new Map<string, ChatSession>();
  for (const id of ids) {
    const { session } = createSession(new ScriptedModel(answer, answer), { start: newSession(id) });
    chats.set(id, session);
    if (!id.startsWith("new")) await session.send({ text: "hi", attachments: [] });
  }
  let shown = ids[0];
  const reading = new Map<string, PromiseWithResolvers<readonly GatheredContext[]>>();
  const report = (error: unknown): void => assert.fail(String(error));
  const contexts = new ChatContexts({
    create: (chat, memory) =>
      testPromptContext({
        memory,
        report,
        gather: (reference) => {
          if (reference.kind === "pasted") {
            return Promise.resolve([{ kind: "pasted", label: chat, text: reference.text, language: "" }]);
          }
          const read = Promise.withResolvers<readonly GatheredContext[]>();
          reading.set(JSON.stringify(reference), read);
          return read.promise;
        },
        reasonOf: String,
      }),
    shown: () => shown,
    folder: new ChipFolder({ path, mask, report }),
  });
  const show = async (id: string): Promise<void> => {
    shown = id;
    await contexts.of(id).restore();
  };
  /** As it is where nothing runs in the chat that is left. */
  const leave = async (id: string, next: string): Promise<void> => {
    contexts.opened(next);
    await show(next);
    contexts.closed(id);
    await contexts.settled();
  };
  const session = (id: string): ChatSession => chats.get(id) ?? assert.fail(id);
  const attached = (): readonly string[] => (contexts.shown?.shown ?? []).map(({ id }) => id);
  if (shown !== undefined) await show(shown);
  return { contexts, show, leave, session, attached, reading };
}

const folder = (test: TestContext): Promise<string> => temporaryFolder(test).then((path) => join(path, "drafts"));

describe("what is attached belongs to a chat", () => {
  it("another chat shows its own, and the first one shows what was attached there when it is shown again", async (test) => {
    const { contexts, show, attached } = await openWindow(await folder(test), ["a", "b"]);
    contexts.shown?.add(chip("1"));
    await show("b");
    assert.deepEqual(attached(), []);
    contexts.shown?.add(chip("2"));
    contexts.shown?.clear();
    await show("a");
    assert.deepEqual(attached(), ["1"]);
    await contexts.settled();
  });

  it("a prompt whose attachment is still being read goes with it to its own chat, whatever is shown and cleared meanwhile", async (test) => {
    const { contexts, show, session, attached, reading } = await openWindow(await folder(test), ["a", "b"]);
    const sender = new PromptSender({
      ...{ contexts, changed: () => undefined, onSent: () => undefined, onNotSent: () => undefined },
      composer: { prefill: (text) => assert.fail(text), taken: () => undefined, settled: () => undefined },
    });
    const reference = { kind: "file", path: "a.ts" } as const;
    contexts.shown?.attach("1", reference);
    const sent = sender.send({ session: session("a"), dialogs: { maySend: async () => true } }, "go", ["1"], "send");
    contexts.shown?.clear();
    await show("b");
    contexts.shown?.add(chip("2"));
    reading.get(JSON.stringify(reference))?.resolve([{ kind: "file", label: "a.ts", text: "a", language: "" }]);
    await sent;
    assert.deepEqual(
      session("a")
        .chat.past.slice(1)
        .map(({ attachments }) => attachments.map(({ label }) => label)),
      [["a.ts"]],
    );
    assert.deepEqual([session("b").chat.past.length, attached()], [1, ["2"]]);
    await show("a");
    assert.deepEqual(attached(), []);
    await contexts.settled();
  });

  it("UX7 pasted texts and images are back in the next window, each in its chat, secrets masked, in files of the user alone", async (test) => {
    const path = await folder(test);
    const before = await openWindow(path, ["a", "b"]);
    before.contexts.shown?.attach("p", pasted("my hunter2"));
    const media = { image: { format: "png", source: { bytes: new Uint8Array([1, 2, 3]) } } } as const;
    before.contexts.shown?.add({ id: "i", kind: "image", label: "x.png", text: "", language: "", media });
    await before.show("b");
    before.contexts.shown?.add(chip("2"));
    await before.contexts.of("a").claim("", []).read();
    await before.contexts.settled();
    assert.deepEqual((await readdir(path)).toSorted(), ["a.json", "b.json"]);
    assert.equal((await stat(join(path, "a.json"))).mode & 0o777, 0o600);

    const later = await openWindow(path, ["a", "b"]);
    assert.deepEqual(later.attached(), ["p", "i"]);
    const taken = await later.contexts.of("a").claim("go", ["p", "i"]).read();
    assert.deepEqual([taken[0]?.text, taken[1]?.media], ["my [mask]", media]);
    await later.show("b");
    assert.deepEqual(later.attached(), ["2"]);
    later.contexts.forget("b");
    later.contexts.shown?.clear();
    later.contexts.of("a").clear();
    await later.contexts.settled();
    assert.deepEqual(await readdir(path), ["a.json"], "what goes with a prompt on its way is kept until it went");
  });

  it("UX7 what is attached in a new chat stays its own: with the next window, its first prompt, and what is taken back", async (test) => {
    const path = await folder(test);
    const before = await openWindow(path, ["new1", "a"]);
    before.contexts.shown?.add(chip("1"));
    await before.show("a");
    before.session("a").edits.rewind(before.session("a").chat.past[0]?.id ?? "");
    before.contexts.shown?.add(chip("2"));
    await before.contexts.settled();
    const later = await openWindow(path, ["new1", "new2"]);
    assert.deepEqual(later.attached(), ["1"]);
    await later.show("new2");
    assert.deepEqual(later.attached(), []);
    await later.session("new2").send({ text: "hi", attachments: [] });
    later.contexts.shown?.add(chip("3"));
    await later.contexts.settled();
    assert.deepEqual((await readdir(path)).toSorted(), ["a.json", "new1.json", "new2.json"]);
  });

  it("one that another window had open meanwhile shows what was left there", async (test) => {
    const path = await folder(test);
    const one = await openWindow(path, ["a", "b"]);
    one.contexts.shown?.add(chip("1"));
    await one.leave("a", "b");
    const two = await openWindow(path, ["a"]);
    assert.deepEqual(two.attached(), ["1"]);
    two.contexts.shown?.clear();
    await two.contexts.settled();
    await one.leave("b", "a");
    assert.deepEqual(one.attached(), []);
  });

  it("one that is closed leaves the memory with the next, unless more is attached than is kept", async (test) => {
    const { contexts, leave, attached } = await openWindow(await folder(test), ["a", "b", "c"]);
    contexts.shown?.add(chip("1"));
    await leave("a", "b");
    assert.notEqual(contexts.known("a"), undefined, "what the panel has just asked of it");
    contexts.shown?.add(chip("2", "my hunter2"));
    await leave("b", "c");
    assert.equal(contexts.known("a"), undefined);
    await leave("c", "b");
    assert.deepEqual(attached(), ["2"]);
    assert.equal((await contexts.of("b").claim("go", ["2"]).read())[0]?.text, "my hunter2");
    await leave("b", "a");
    assert.deepEqual(attached(), ["1"]);
    contexts.of("a").claim("go", ["1"]);
    await leave("a", "c");
    await leave("c", "b");
    assert.notEqual(contexts.known("a"), undefined, "on its way");
  });

  it("what was still being read when its chat was left is there again", async (test) => {
    const { contexts, leave, attached, reading } = await openWindow(await folder(test), ["new1", "b", "c"]);
    const reference = { kind: "selection" } as const;
    contexts.shown?.attach("1", reference);
    await leave("new1", "b");
    assert.deepEqual(
      contexts.known("new1")?.shown.map(({ loading }) => loading),
      [true],
    );
    reading.get(JSON.stringify(reference))?.resolve([{ kind: "selection", label: "a", text: "a", language: "" }]);
    await new Promise(setImmediate);
    await contexts.settled();
    await leave("b", "c");
    assert.equal(contexts.known("new1"), undefined);
    await leave("c", "new1");
    assert.deepEqual(attached(), ["1"]);
  });

  it("what is given back while it is read is read where it is then, and no prompt goes before that", async (test) => {
    const { contexts, show, attached, reading } = await openWindow(await folder(test), ["a", "b"]);
    const good = { kind: "file", path: "a" } as const;
    const bad = { kind: "file", path: "b" } as const;
    contexts.shown?.attach("1", good);
    contexts.shown?.attach("2", bad);
    const claim = contexts.of("a").claim("go", ["1", "2"]);
    await show("b");
    claim.giveBack(contexts.shown);
    assert.deepEqual([attached(), contexts.of("a").isAtRest], [["1", "2"], true]);
    const read = contexts.of("b").claim("go", ["1", "2"]).read();
    reading.get(JSON.stringify(good))?.resolve([{ kind: "file", label: "a", text: "a", language: "" }]);
    reading.get(JSON.stringify(bad))?.reject(new Error("not there"));
    assert.deepEqual(
      (await read).map(({ loading, text, problem }) => [loading, text, problem]),
      [
        [undefined, "a", undefined],
        [undefined, "", "Error: not there"],
      ],
    );
    await contexts.settled();
  });

  it("writes no file of another name than a chat has", async (test) => {
    const path = await folder(test);
    const reports: unknown[] = [];
    const store = new ChipFolder({ path, mask, report: (error) => void reports.push(error) });
    store.write("../x", [{ id: "1", attachment: chip("1") }]);
    await store.settled();
    assert.equal(reports.length, 1);
    await assert.rejects(store.read("../x"), /letters, digits and hyphens/);
  });

  it("keeps ten million characters of a chat", async (test) => {
    const path = await folder(test);
    const before = await openWindow(path, ["new1"]);
    before.contexts.shown?.add(chip("1", "x".repeat(9_000_000)));
    before.contexts.shown?.add(chip("2", "y".repeat(2_000_000)));
    before.contexts.shown?.add(chip("3", "z"));
    await before.contexts.settled();
    const later = await openWindow(path, ["new1"]);
    assert.deepEqual(later.attached(), ["1", "3"]);
    await later.contexts.settled();
  });
});
