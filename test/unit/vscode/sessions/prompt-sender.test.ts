import assert from "node:assert/strict";
import { describe, it } from "node:test";
import type { PromptAttachment } from "../../../../src/chat/prompt.ts";
import type { GatheredContext } from "../../../../src/tools/context/read-context.ts";
import { PromptSender } from "../../../../src/vscode/sessions/prompt-sender.ts";
import { createSession } from "../../../support/create-session.ts";
import { testPromptContext } from "../../../support/prompt-context.ts";
import { messageStop, ScriptedModel, textBlock, untilStopped } from "../../../support/scripted-model.ts";

/** A session in which a turn runs, and a file whose reading ends when the test says so. */
async function open(maySend = true) {
  const read = Promise.withResolvers<readonly GatheredContext[]>();
  const prefilled: string[] = [];
  const instructions: PromptAttachment = { id: "i", kind: "instructions", label: "AGENTS.md", text: "", language: "" };
  const context = testPromptContext({
    gather: () => read.promise,
    attendants: async () => [instructions],
  });
  const sender = new PromptSender({
    contexts: { of: () => context, shown: context },
    composer: { prefill: (text) => void prefilled.push(text), taken: () => undefined, settled: () => undefined },
    changed: () => undefined,
    onSent: () => undefined,
    onNotSent: () => undefined,
  });
  const model = new ScriptedModel(
    [...textBlock(0, "…"), untilStopped],
    [...textBlock(0, "Done."), messageStop("end_turn")],
  );
  const { session } = createSession(model);
  const begun = new Promise<void>((resolve) => session.subscribe(({ type }) => type === "text-delta" && resolve()));
  void session.send({ text: "go", attachments: [] });
  await begun;
  const shown = { session, dialogs: { maySend: async () => maySend } };
  const queued = () =>
    (session.chat.queued ?? []).map(({ text, attachments }) => [text, attachments.map(({ id }) => id)]);
  return { sender, context, session, shown, prefilled, queued, read };
}

const file: GatheredContext = { kind: "file", label: "a.ts", path: "a.ts", text: "a", language: "" };

describe("prompts on their way", () => {
  it("UX17 wait in the order in which they were sent, each with what was attached to it alone", async () => {
    const { sender, context, session, shown, queued, read } = await open();
    context.attach("f", { kind: "file", path: "a.ts" });
    const sent = [sender.send(shown, "one", ["f"], "queue"), sender.send(shown, "two", [], "queue")];
    read.resolve([file]);
    await Promise.all(sent);
    assert.deepEqual(queued(), [
      ["one", ["i", "f"]],
      ["two", ["i"]],
    ]);
    assert.deepEqual(context.shown, []);
    session.stop();
    await session.settled();
  });

  it("UX18 come back into the composer with what was attached, without what comes along unasked", async () => {
    const { sender, context, session, shown, prefilled, queued, read } = await open();
    context.attach("f", { kind: "file", path: "a.ts" });
    read.resolve([file]);
    await sender.send(shown, "one", ["f"], "queue");
    sender.edit(shown, session.chat.queued?.[0]?.id ?? "");
    assert.deepEqual([prefilled, queued()], [["one"], []]);
    assert.deepEqual(
      context.shown.map(({ id }) => id),
      ["f"],
    );
    session.stop();
    await session.settled();
  });

  it("come back, with what is attached, where the user keeps a secret of them", async () => {
    const { sender, context, session, shown, prefilled, queued, read } = await open(false);
    context.attach("f", { kind: "file", path: "a.ts" });
    read.resolve([file]);
    await sender.send(shown, "one", ["f"], "steer");
    assert.deepEqual([prefilled, queued(), context.shown.length], [["one"], [], 1]);
    session.stop();
    await session.settled();
  });
});
