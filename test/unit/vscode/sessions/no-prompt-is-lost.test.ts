import assert from "node:assert/strict";
import { describe, it } from "node:test";
import type { ChatSession } from "../../../../src/chat/chat-session.ts";
import type { PromptContextOptions } from "../../../../src/vscode/context/prompt-context-options.ts";
import { PromptSender } from "../../../../src/vscode/sessions/prompt-sender.ts";
import { createSession } from "../../../support/create-session.ts";
import { testPromptContext } from "../../../support/prompt-context.ts";
import { messageStop, ScriptedModel, textBlock, untilStopped } from "../../../support/scripted-model.ts";

const whole = [...textBlock(0, "Done."), messageStop("end_turn")];
const endless = [...textBlock(0, "…"), untilStopped];
const prompts = ({ chat: { past, current } }: ChatSession) =>
  [...past, ...(current === null ? [] : [current])].map(({ prompt }) => prompt);
const queued = ({ chat }: ChatSession) => (chat.queued ?? []).map(({ text }) => text);

/** A composer whose one attachment is read when `read` resolves. */
function composer(session: ChatSession, isGone = false) {
  const read = Promise.withResolvers<Awaited<ReturnType<PromptContextOptions["gather"]>>>();
  const prefilled: string[] = [];
  const notSent: string[] = [];
  const kept: string[] = [];
  const context = testPromptContext({
    gather: () => read.promise,
  });
  const sender = new PromptSender({
    contexts: { of: () => context, shown: context },
    composer: {
      prefill: (text) => {
        prefilled.push(text);
        kept.push(`back ${text}`);
      },
      taken: ({ session, text }) => void kept.push(`taken ${text} of ${session}`),
      settled: ({ text }) => void kept.push(`settled ${text} after ${prompts(session).length}`),
    },
    changed: () => undefined,
    onSent: () => undefined,
    onNotSent: (id) => void notSent.push(id),
    isGone: () => isGone,
  });
  const isRead = () => read.resolve([{ kind: "file", label: "a.ts", path: "a.ts", text: "a", language: "" }]);
  return {
    context,
    sender,
    prefilled,
    notSent,
    kept,
    isRead,
    shown: { session, dialogs: { maySend: async () => true } },
  };
}

describe("no prompt is lost", () => {
  it("sent while the one before it was still being read, it waits for that", async () => {
    const { session } = createSession(new ScriptedModel(endless, whole));
    const { context, sender, shown, isRead } = composer(session);
    context.attach("f", { kind: "file", path: "a.ts" });
    const one = sender.send(shown, "one", ["f"], "send");
    const two = sender.send(shown, "two", [], "send");
    assert.equal(sender.isSending(session.chat.sessionId), true);
    context.add({ id: "later", label: "later", text: "x", language: "" });
    isRead();
    await two;
    assert.deepEqual([prompts(session), queued(session)], [["one"], ["two"]]);
    assert.equal(sender.isSending(session.chat.sessionId), false);
    assert.deepEqual(
      context.shown.map(({ id }) => id),
      ["later"],
    );
    session.stop();
    await one;
  });

  it("it is kept until its turn has begun, and until it is in the composer again where it is not sent", async () => {
    const { session } = createSession(new ScriptedModel(whole));
    const { context, sender, shown, kept, isRead } = composer(session);
    const { sessionId } = session.chat;
    context.attach("f", { kind: "file", path: "a.ts" });
    const sent = sender.send(shown, "one", ["f"], "send");
    assert.deepEqual(kept.splice(0), [`taken one of ${sessionId}`]);
    isRead();
    await sent;
    assert.deepEqual(kept.splice(0), ["settled one after 1"]);
    session.suspend();
    await sender.send(shown, "two", [], "send");
    assert.deepEqual(kept, [`taken two of ${sessionId}`, "back two", "settled two after 1"]);
  });

  it("sent in the place of what runs, it is kept until that has ended", async () => {
    const { session } = createSession(new ScriptedModel(endless, whole));
    const { sender, shown, kept } = composer(session);
    const answers = new Promise<void>((resolve) => session.subscribe(({ type }) => type === "text-delta" && resolve()));
    const first = session.send({ text: "one", attachments: [] });
    await answers;
    session.subscribe(({ type }) => type === "turn-end" && kept.push("ended"));
    await sender.send(shown, "instead", [], "stop");
    await first;
    assert.deepEqual(kept, [`taken instead of ${session.chat.sessionId}`, "ended", "settled instead after 2", "ended"]);
  });

  it("on its way when its chat is closed, it is in the composer again, and nothing begins in that chat", async () => {
    const { session } = createSession(new ScriptedModel(whole));
    const { context, sender, prefilled, notSent, shown, isRead } = composer(session);
    context.attach("f", { kind: "file", path: "a.ts" });
    const sent = sender.send(shown, "late", ["f"], "send");
    session.suspend();
    isRead();
    await sent;
    assert.deepEqual([notSent, sender.isSending(session.chat.sessionId)], [[session.chat.sessionId], false]);
    assert.deepEqual(
      [prefilled, prompts(session), await session.send({ text: "x", attachments: [] })],
      [["late"], [], undefined],
    );
  });

  it("sent in the place of what runs, in a chat that is closed before that has ended, it is in the composer again", async () => {
    const { session } = createSession(new ScriptedModel(endless, whole));
    const { context, sender, prefilled, shown, isRead } = composer(session);
    const first = session.send({ text: "one", attachments: [] });
    context.attach("f", { kind: "file", path: "a.ts" });
    isRead();
    const instead = sender.send(shown, "instead", ["f"], "stop");
    session.subscribe(({ type }) => type === "turn-end" && session.suspend());
    await Promise.all([first, instead]);
    assert.deepEqual([prompts(session), prefilled, context.shown.map(({ id }) => id)], [["one"], ["instead"], ["f"]]);
  });

  it("is not the rule for a chat that was deleted: its prompts go with it", async () => {
    const { session } = createSession(new ScriptedModel(endless, whole));
    const { context, sender, prefilled, shown } = composer(session, true);
    const first = session.send({ text: "one", attachments: [] });
    const instead = sender.send(shown, "instead", [], "stop");
    session.subscribe(({ type }) => type === "turn-end" && session.suspend());
    await Promise.all([first, instead]);
    assert.deepEqual([prompts(session), prefilled, context.shown], [["one"], [], []]);
  });

  it("typed in the moment behind a turn, it goes before those that wait, which go on waiting", async () => {
    const { session } = createSession(new ScriptedModel(whole, endless, whole));
    let typed: Promise<unknown> | undefined;
    session.subscribe(({ type }) => {
      if (type === "turn-end" && typed === undefined) {
        typed = Promise.resolve().then(() => session.send({ text: "typed", attachments: [] }));
      }
    });
    const first = session.send({ text: "one", attachments: [] });
    session.queue.add({ text: "queued", attachments: [] }, "queue");
    await first;
    assert.deepEqual([prompts(session), queued(session)], [["one", "typed"], ["queued"]]);
    session.stop();
    await session.settled();
  });

  it("of two that are sent immediately the second waits for the first", async () => {
    const { session } = createSession(new ScriptedModel(endless, endless));
    const first = session.send({ text: "one", attachments: [] });
    for (const text of ["a", "b"]) session.queue.add({ text, attachments: [] }, "queue");
    const [a = assert.fail(), b = assert.fail()] = session.chat.queued ?? [];
    void session.queue.sendNow(a.id);
    await session.queue.sendNow(b.id);
    await first;
    assert.deepEqual([prompts(session), queued(session)], [["one", "a"], ["b"]]);
    session.stop();
    await session.settled();
  });
});
