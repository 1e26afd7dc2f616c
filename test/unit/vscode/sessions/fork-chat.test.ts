import assert from "node:assert/strict";
import { describe, it } from "node:test";
import type { Prompt } from "../../../../src/chat/prompt.ts";
import { SessionFolder } from "../../../../src/chat/session-folder.ts";
import { KeptSessions } from "../../../../src/chat/sessions/kept-sessions.ts";
import { forkChat } from "../../../../src/vscode/sessions/fork-chat.ts";
import { createSession } from "../../../support/create-session.ts";
import { messageStop, ScriptedModel, textBlock } from "../../../support/scripted-model.ts";
import { temporaryFolder } from "../../../support/temporary-folder.ts";

const answer = [...textBlock(0, "Done."), messageStop("end_turn")];
const chip = { id: "f", kind: "pasted", label: "much", text: "much", language: "" } as const;

describe("a fork of a chat", () => {
  it("UX91 has what was said before, and the prompt in the composer with what was attached to it, as far as it is shown", async (test) => {
    const path = await temporaryFolder(test);
    const memory = { recent: () => [], update: async () => undefined };
    const folder = new SessionFolder({ path, memory, pid: process.pid, patienceMs: 0 });
    const opened = await folder.openNew();
    const { start, journal: store } = opened;
    const { session } = createSession(new ScriptedModel(answer, answer), { start, store });
    await session.send({ text: "one", attachments: [] });
    await session.send({ text: "two", attachments: [chip] });
    const [, second] = session.chat.past;
    const kept = new KeptSessions({ folder: path, pid: process.pid });
    for (const isShown of [true, false]) {
      const prefilled: Prompt[] = [];
      const forks: string[] = [];
      await forkChat(session, second?.id, {
        kept,
        open: async (id) => {
          forks.push(id);
          return isShown;
        },
        prefill: async (prompt) => void prefilled.push(prompt),
      });
      const fork = (await folder.openKept(forks[0] ?? "")) ?? assert.fail("no fork");
      assert.deepEqual(
        [fork.start.chat.title, fork.start.chat.past.map(({ prompt }) => prompt)],
        ["Fork of one", ["one"]],
      );
      assert.deepEqual(prefilled, isShown ? [{ text: "two", attachments: [chip] }] : []);
      await fork.close();
    }
    await opened.close();
  });
});
