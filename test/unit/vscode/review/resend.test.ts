import assert from "node:assert/strict";
import { mkdir, readFile, rm, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { describe, it, type TestContext } from "node:test";
import type { ChatSession } from "../../../../src/chat/chat-session.ts";
import { DiskFiles } from "../../../../src/headless/disk-files.ts";
import { SessionReview } from "../../../../src/tools/checkpoints/session-review.ts";
import { ReviewDesk } from "../../../../src/vscode/review/review-desk.ts";
import { createSession } from "../../../support/create-session.ts";
import {
  messageStop,
  type ReplyPart,
  ScriptedModel,
  textBlock,
  untilStopped,
} from "../../../support/scripted-model.ts";
import { temporaryFolder } from "../../../support/temporary-folder.ts";
import { call, changesScene, changingTool } from "../../tools/checkpoints/changes-scene.ts";

const says = (text: string) => [...textBlock(0, text), messageStop("end_turn")];
/** What went with the second prompt: chosen, named by a slash command, and the repository's. */
const old = [
  { id: "f", kind: "file", label: "a.ts", path: "a.ts", text: "let a", language: "typescript" },
  { id: "p", kind: "prompt", label: "/review", text: "Review.", language: "" },
  { id: "i", kind: "instructions", label: "AGENTS.md", text: "", language: "" },
] as const;
const prompt = (text: string) => ({ text, attachments: [] });

interface SceneOptions {
  readonly press?: string | undefined;
  readonly maySend?: boolean | ((session: ChatSession) => boolean);
  /** Whether the panel shows the chat when the prompt is not sent. */
  readonly isInPanel?: boolean;
  /** Shows the changes. */
  readonly show?: () => Promise<void>;
}

/** A session of two turns, in the second of which a file was changed; `press` is what the user answers. */
async function openDesk(
  test: TestContext,
  replies: readonly (readonly ReplyPart[])[],
  { press, maySend = true, isInPanel = true, show = async () => undefined }: SceneOptions,
) {
  const folder = await temporaryFolder(test);
  const workspace = join(folder, "workspace");
  await mkdir(workspace);
  const path = join(workspace, "a.txt");
  await writeFile(path, "before");
  const model = new ScriptedModel(says("1"), says("2"), ...replies);
  const { session } = createSession(model);
  await session.send(prompt("one"));
  await session.send({ text: "two", attachments: old });
  const [first, second] = session.chat.past.map(({ id }) => id);
  const scene = changesScene(join(folder, "storage"), workspace);
  scene.turn = second ?? "";
  await call(
    scene,
    changingTool("write", [{ path }], () => writeFile(path, "after")),
  );
  const folders = () => [{ name: "workspace", path: workspace }];
  const restorer = {
    write: (at: string, bytes: Uint8Array) => writeFile(at, bytes),
    remove: (gone: string) => rm(gone),
  };
  const review = new SessionReview({ ...scene, files: new DiskFiles(), restorer, folders, isUnsaved: () => false });
  const shownAt: (string | number)[] = [];
  const given: [string, readonly string[]][] = [];
  const held: string[] = [];
  let questions = 0;
  const desk = new ReviewDesk({
    ...{ session, review, folders },
    editors: {
      show: async () => {
        shownAt.push(session.chat.current?.prompt ?? session.chat.past.length);
        await show();
      },
      open: async () => undefined,
      openAll: async () => undefined,
    },
    dialogs: {
      isOpen: false,
      ask: async ({ buttons }) => {
        questions++;
        return buttons.find((button) => button === press);
      },
    },
    resend: {
      attend: async ({ text, attachments }, instead) => ({
        text,
        attachments: [{ id: instead, kind: "prompt", label: "/init", text: "Write.", language: "" }, ...attachments],
      }),
      maySend: async () => {
        held.push("asked");
        return typeof maySend === "boolean" ? maySend : maySend(session);
      },
      keepOpen: async (work) => {
        held.push("open");
        return work().finally(() => held.push(session.isRunning ? "runs" : "idle"));
      },
      isInPanel: () => isInPanel,
      giveBack: (back) => void given.push([back.text, back.attachments.map(({ id }) => id)]),
      asks: () => true,
      neverAsk: async () => undefined,
    },
    onReview: () => undefined,
    prefill: ({ text }) => assert.fail(text),
    detach: () => undefined,
  });
  const prompts = () => session.chat.past.map((turn) => turn.prompt);
  return { desk, session, model, path, first, second, prompts, shownAt, given, held, questions: () => questions };
}

describe("a prompt that is sent again in another form", () => {
  it("UX52 takes the turn and what it changed back, and is sent in its place", async (test) => {
    const {
      desk,
      model,
      path,
      second = "",
      prompts,
    } = await openDesk(test, [says("3")], { press: "Undo Edits and Send" });
    await desk.resend(second, "two and a half");
    assert.deepEqual(prompts(), ["one", "two and a half"]);
    assert.equal(await readFile(path, "utf8"), "before");
    const sent = model.requests
      .at(-1)
      ?.messages?.flatMap(({ content = [] }) => content.flatMap(({ text }) => text ?? []));
    const attached = [
      "Attached instructions of the user: /init:\n```\nWrite.\n```",
      "Attached file: a.ts:\n```typescript\nlet a\n```",
    ];
    assert.deepEqual(sent, ["one", "1", ...attached, "two and a half"]);
  });

  it("UX52 brings what was chosen for it, and what the new text calls for in its turn's place", async (test) => {
    const { desk, session, second = "" } = await openDesk(test, [says("3")], { press: "Undo Edits and Send" });
    await desk.resend(second, "/init");
    assert.deepEqual(
      session.chat.past.at(-1)?.attachments.map(({ id }) => id),
      [second, "f"],
    );
  });

  it("UX52 is sent before the changes are shown, whatever becomes of that", async (test) => {
    const failing = { press: "Undo Edits and Send", show: () => Promise.reject(new Error("no editor")) };
    const { desk, session, second = "", prompts, shownAt } = await openDesk(test, [says("3")], failing);
    await assert.rejects(desk.resend(second, "other"), /no editor/);
    await session.settled();
    assert.deepEqual([prompts(), shownAt], [["one", "other"], ["other"]]);
  });

  it("UX52 takes later turns back as well, and leaves the files where the user wants that", async (test) => {
    const { desk, path, first = "", prompts } = await openDesk(test, [says("3")], { press: "Keep Edits and Send" });
    await desk.resend(first, "one and a half");
    assert.deepEqual(prompts(), ["one and a half"]);
    assert.equal(await readFile(path, "utf8"), "after");
  });

  it("UX52 changes nothing where the user closes the question, sends no secret, and where there is no such turn", async (test) => {
    for (const options of [{ press: undefined }, { press: "Undo Edits and Send", maySend: false }]) {
      const { desk, path, second = "", prompts, given, questions } = await openDesk(test, [], options);
      await desk.resend(second, "other");
      assert.deepEqual(given, [], "it is still in the editor");
      await desk.resend("nobody", "no turn");
      assert.deepEqual(given, [["no turn", []]]);
      assert.deepEqual(prompts(), ["one", "two"]);
      assert.equal(await readFile(path, "utf8"), "after");
      assert.equal(questions(), options.press === undefined ? 1 : 0);
    }
  });

  it("UX52 ends a turn that runs", async (test) => {
    const replies = [[...textBlock(0, "…"), untilStopped], says("4")];
    const { desk, session, second = "", prompts } = await openDesk(test, replies, { press: "Undo Edits and Send" });
    const begun = new Promise<void>((resolve) => session.subscribe(({ type }) => type === "text-delta" && resolve()));
    const running = session.send(prompt("three"));
    await begun;
    await desk.resend(second, "other");
    assert.deepEqual(await running, { kind: "cancelled" });
    assert.deepEqual(prompts(), ["one", "other"]);
  });

  it("UX52 keeps its chat open until its turn has begun", async (test) => {
    const { desk, second = "", given, held } = await openDesk(test, [says("3")], { press: "Keep Edits and Send" });
    await desk.resend(second, "other");
    assert.deepEqual([held, given], [["open", "asked", "runs"], []]);
  });

  it("UX52 is in the composer with its attachments where another chat is shown and it is not sent", async (test) => {
    const close = (session: ChatSession): boolean => {
      session.suspend();
      return true;
    };
    for (const maySend of [false, close]) {
      const scene = { press: "Undo Edits and Send", maySend, isInPanel: false };
      const { desk, path, second = "", prompts, given } = await openDesk(test, [], scene);
      await desk.resend(second, "two").catch(() => undefined);
      assert.deepEqual(given, [], "the turn has it");
      await desk.resend(second, "other").catch(({ message }) => assert.match(message, /closed meanwhile/));
      assert.deepEqual(given, [["other", ["f"]]]);
      assert.deepEqual([prompts(), await readFile(path, "utf8")], [["one", "two"], "after"]);
    }
  });

  it("UX52 is in the composer where the session took the turn back and not the prompt", async (test) => {
    const { desk, session, second = "", prompts, given } = await openDesk(test, [], { press: "Keep Edits and Send" });
    session.subscribe(({ type }) => type === "rewind" && session.suspend());
    await desk.resend(second, "other");
    assert.deepEqual([prompts(), given], [["one"], [["other", ["f"]]]]);
  });
});
