import assert from "node:assert/strict";
import { mkdir, rm, writeFile } from "node:fs/promises";
import { join } from "node:path";
import type { TestContext } from "node:test";
import type { PromptAttachment } from "../../../../src/chat/prompt.ts";
import { DiskFiles } from "../../../../src/headless/disk-files.ts";
import type { Review } from "../../../../src/protocol/review.ts";
import { SessionReview } from "../../../../src/tools/checkpoints/session-review.ts";
import type { Dialogs, Question } from "../../../../src/vscode/dialogs.ts";
import { ReviewDesk } from "../../../../src/vscode/review/review-desk.ts";
import { createSession } from "../../../support/create-session.ts";
import { allowAll } from "../../../support/fake-gate.ts";
import { messageStop, ScriptedModel, textBlock, toolBlock } from "../../../support/scripted-model.ts";
import { temporaryFolder } from "../../../support/temporary-folder.ts";
import { changesScene, changingTool } from "../../tools/checkpoints/changes-scene.ts";

/** What the user does at a question: presses this, or closes it. May do something first. */
export type Press = string | undefined | (() => Promise<string | undefined>);

export interface DeskSceneOptions {
  /** What the call of each turn does; a turn without one only answers. */
  readonly turns: readonly (((at: (name: string) => string) => Promise<void>) | undefined)[];
  readonly effect?: "write" | "execute";
  readonly idleMs?: number;
  /** Whether the user lets a prompt be sent. */
  readonly maySend?: boolean;
}

/** A chat with a real session, loop and checkpoints below a desk, whose dialogs answer as scripted. `a.txt` holds `one`. */
export async function deskScene(
  test: TestContext,
  { turns, effect = "execute", idleMs = 60_000, maySend = true }: DeskSceneOptions,
) {
  const folder = await temporaryFolder(test);
  const workspace = join(folder, "workspace");
  await mkdir(workspace);
  const at = (name: string): string => join(workspace, name);
  await writeFile(at("a.txt"), "one\n");
  const changes = changesScene(join(folder, "storage"), workspace);
  const done = [...turns];
  const tool = changingTool(effect, [{ path: at("a.txt") }], async () => done.shift()?.(at));
  const replies = turns.flatMap((change, index) => [
    ...(change === undefined ? [] : [[...toolBlock(0, `t${index}`, "change", "{}"), messageStop("tool_use")]]),
    [...textBlock(0, "Done."), messageStop("end_turn")],
  ]);
  const recorded = changes.recorder.record(tool);
  const { session } = createSession(new ScriptedModel(...replies), {
    tools: () => [recorded],
    createGate: () => allowAll,
  });
  session.subscribe(() => {
    changes.turn = session.chat.current?.id ?? "no turn";
  });
  const asked: Question<string>[] = [];
  const presses: Press[] = [];
  const dialogs: Dialogs = {
    isOpen: false,
    ask: async (question) => {
      asked.push(question);
      const next = presses.shift();
      const pressed = typeof next === "function" ? await next() : next;
      return question.buttons.find((button) => button === pressed);
    },
  };
  const opened: string[] = [];
  const reviews: Review[] = [];
  const prefilled: string[] = [];
  const attached = new Set<string>();
  const folders = () => [{ name: "workspace", path: workspace }];
  const review = new SessionReview({
    ...changes,
    files: new DiskFiles(),
    restorer: { write: (path, bytes) => writeFile(path, bytes), remove: (path) => rm(path) },
    folders,
    isUnsaved: () => false,
  });
  const desk = new ReviewDesk({
    ...{ session, review, dialogs, folders, idleMs },
    editors: {
      show: async () => undefined,
      open: async (path) => void opened.push(path),
      openAll: async (paths) => void opened.push(paths.join(" ")),
    },
    resend: {
      attend: async (prompt) => prompt,
      maySend: async () => maySend,
      keepOpen: (work) => work(),
      isInPanel: () => true,
      giveBack: ({ text }) => assert.fail(text),
      asks: () => true,
      neverAsk: async () => undefined,
    },
    onReview: (one) => void reviews.push(one),
    prefill: ({ text, attachments }) => {
      prefilled.push(text);
      for (const { id } of attachments) attached.add(id);
    },
    detach: (ids) => {
      for (const id of ids) attached.delete(id);
    },
  });
  const send = (text: string, attachments: readonly PromptAttachment[] = []) => session.send({ text, attachments });
  const turn = (index: number): string =>
    [...session.chat.past, ...(session.chat.current === null ? [] : [session.chat.current])].at(index)?.id ?? "";
  return { at, session, review, desk, asked, presses, opened, reviews, prefilled, attached, send, turn };
}
