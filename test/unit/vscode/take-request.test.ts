import assert from "node:assert/strict";
import { describe, it } from "node:test";
import type { ChatSession } from "../../../src/chat/chat-session.ts";
import { newSession } from "../../../src/chat/restore-session.ts";
import type { KeptDraft, KeptPlace } from "../../../src/protocol/panel-messages.ts";
import type { PromptContext } from "../../../src/vscode/context/prompt-context.ts";
import { PromptSender } from "../../../src/vscode/sessions/prompt-sender.ts";
import { takeRequest } from "../../../src/vscode/take-request.ts";
import { createSession } from "../../support/create-session.ts";
import { testPromptContext } from "../../support/prompt-context.ts";
import { messageStop, ScriptedModel, textBlock } from "../../support/scripted-model.ts";

const answer = [...textBlock(0, "Done."), messageStop("end_turn")];

/** The panel has shown `a`, the host shows `b` by now; `c` was closed. */
function window() {
  const open = (id: string) => ({
    session: createSession(new ScriptedModel(answer), { start: newSession(id) }).session,
    dialogs: { maySend: async () => true },
  });
  const [a, b] = [open("a"), open("b")];
  const known = new Map(["a", "b", "c"].map((id) => [id, context()]));
  const of = (id: string): PromptContext => known.get(id) ?? assert.fail(id);
  const prefilled: string[] = [];
  const asked: string[] = [];
  const drafts: KeptDraft[] = [];
  const places: KeptPlace[] = [];
  const contexts = { of, known: (id: string) => known.get(id), shown: of("b") };
  const sender = new PromptSender({
    ...{ contexts, changed: () => undefined, onSent: () => undefined, onNotSent: () => undefined },
    composer: { prefill: (text) => void prefilled.push(text), taken: () => undefined, settled: () => undefined },
  });
  const take = (message: Parameters<typeof takeRequest>[0]): Promise<void> =>
    takeRequest(message, {
      sessions: { shown: b, current: async () => b, find: (id) => [a, b].find((each) => idOf(each) === id) },
      ...{ sender, contexts },
      drafts: { write: async (draft) => void drafts.push(draft) },
      places: { write: async (place) => void places.push(place) },
      ready: async () => void asked.push("ready"),
      askWindow: async ({ type }, about) =>
        void asked.push(`window ${type} of ${["a", "b", "c"].find((id) => of(id) === about)}`),
      askSession: async ({ type }, own) => void asked.push(`session ${type} of ${idOf(own)}`),
    });
  const prompts = ({ session }: { readonly session: ChatSession }) => session.chat.past.map(({ prompt }) => prompt);
  return { a, b, of, take, prompts, prefilled, asked, drafts, places };
}

function idOf({ session }: { readonly session: ChatSession }): string {
  return session.chat.sessionId;
}

function context(): PromptContext {
  return testPromptContext({});
}

describe("what the panel asks just before another chat is shown", () => {
  it("a prompt goes to the chat that it was written for, with what is attached there", async () => {
    const { a, b, of, take, prompts } = window();
    of("a").add({ id: "1", kind: "pasted", label: "much", text: "much", language: "" });
    await take({ type: "send", text: "for a", attachments: ["1"], chat: "a" });
    await take({ type: "send", text: "for b", attachments: ["1"] });
    assert.deepEqual([prompts(a), prompts(b)], [["for a"], ["for b"]]);
    assert.deepEqual(
      [a, b].map(({ session }) => session.chat.past[0]?.attachments.map(({ id }) => id)),
      [["1"], []],
    );
  });

  it("a prompt whose chat was closed meanwhile is in the composer again, with what was attached", async () => {
    const { b, of, take, prompts, prefilled } = window();
    of("c").add({ id: "1", kind: "pasted", label: "much", text: "much", language: "" });
    await take({ type: "send-while-running", text: "for c", attachments: ["1"], action: "queue", chat: "c" });
    assert.deepEqual([prompts(b), prefilled, of("b").shown.map(({ id }) => id)], [[], ["for c"], ["1"]]);
    assert.deepEqual(of("c").shown, []);
  });

  it("what acts on a chat acts on that one, and on none where it was closed", async () => {
    const { take, asked } = window();
    const answer = { id: "t", digest: "d", decision: { kind: "allow" } } as const;
    await take({ type: "stop", chat: "a" });
    await take({ type: "approve", answer, chat: "a" });
    await take({ type: "queued-prompt", id: "q", action: "send", chat: "a" });
    await take({ type: "stop" });
    await take({ type: "resend", turnId: "t", text: "x", chat: "c" });
    await take({ type: "queued-prompt", id: "q", action: "edit", chat: "c" });
    assert.deepEqual(asked, [
      "session stop of a",
      "session approve of a",
      "session queued-prompt of a",
      "session stop of b",
    ]);
  });

  it("a chat that nobody has opened is none: what is attached there is attached here, and a prompt comes back", async () => {
    const { take, asked, prefilled } = window();
    await take({ type: "send", text: "hello", attachments: ["1"], chat: "../../x" });
    await take({ type: "stop", chat: "../../x" });
    await take({ type: "remove-attachment", id: "1", chat: "../../x" });
    assert.deepEqual([prefilled, asked], [["hello"], ["window remove-attachment of b"]]);
  });

  it("a command on the shown chat is void, what is attached is attached there, anything else is done", async () => {
    const { take, asked, drafts, places } = window();
    await take({ type: "fork", turnId: "t", chat: "a" });
    await take({ type: "command", command: "allowAll", chat: "a" });
    assert.deepEqual(asked, []);
    await take({ type: "fork", turnId: "t", chat: "b" });
    await take({ type: "command", command: "allowAll" });
    await take({ type: "command", command: "showLog", chat: "a" });
    await take({ type: "remove-attachment", id: "1", chat: "a" });
    await take({ type: "ready", chat: "a" });
    await take({ type: "keep-draft", session: "a", text: "x", chat: "a" });
    await take({ type: "keep-place", session: "a", place: null, chat: "a" });
    assert.deepEqual(asked, [
      "window fork of b",
      "window command of b",
      "window command of a",
      "window remove-attachment of a",
      "ready",
    ]);
    assert.deepEqual(
      drafts.map(({ session, text }) => [session, text]),
      [["a", "x"]],
    );
    assert.deepEqual(
      places.map(({ session }) => session),
      ["a"],
    );
  });
});
