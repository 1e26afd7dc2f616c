import assert from "node:assert/strict";
import { readdir } from "node:fs/promises";
import { createRequire } from "node:module";
import { join } from "node:path";
import { test } from "node:test";
import { readJournal } from "../../src/chat/read-journal.ts";
import { restoreSession } from "../../src/chat/restore-session.ts";
import { type RunningEmulator, startEmulator } from "../../src/emulator/emulator-server.ts";
import { toolReply } from "../../src/emulator/replies.ts";
import { openGatewaySession, outcrop, testAccess } from "./test-access.ts";

const words = Array.from({ length: 500 }, (_, index) => `${index} `);

/** Ends the extension as VS Code does when a window closes or reloads. Nothing of Outcrop works after it, so it is the last test. */
test("B5.84 closing the window ends the turn at the server and keeps every completed step for the next window", async (context) => {
  const emulator = await startEmulator({
    script: {
      replies: [
        toolReply("read_file", { path: "package.json" }, { text: "I look at the package." }),
        { text: words, tokensPerSecond: 20 },
      ],
    },
  });
  context.after(() => emulator.close());
  const session = await openGatewaySession(context, emulator.url);
  let shown = "";
  const secondStep = new Promise<void>((resolve) => {
    session.subscribe((event) => {
      if (event.type === "text-delta") shown += event.text;
      if (shown.includes("1 ")) resolve();
    });
  });
  const turn = session.send({ text: "What is in the package?", attachments: [] });
  await secondStep;
  await deactivate();
  assert.deepEqual(await turn, { kind: "cancelled" });
  await untilLeft(emulator);
  assert.deepEqual(
    emulator.requests.map(({ closedByClient }) => closedByClient),
    [false, true],
  );
  const contents = await readJournal(await journalOf(session.chat.sessionId));
  assert.ok(contents !== undefined, "the session is on the disk");
  const { messages, chat } = restoreSession(contents, Date.now());
  assert.deepEqual(
    messages.map(({ role, content = [] }) => [role, ...content.flatMap((block) => Object.keys(block))]),
    [
      ["user", "text"],
      ["assistant", "text", "toolUse"],
      ["user", "toolResult"],
    ],
  );
  const phase = chat.past.at(-1)?.phase;
  assert.deepEqual(phase?.kind === "ended" && phase.outcome, { kind: "interrupted" });
});

/** The module is the one that VS Code has loaded: both ask Node's own cache. */
async function deactivate(): Promise<void> {
  const { extensionPath, packageJSON } = outcrop();
  const main: { deactivate?: () => Promise<void> } = createRequire(join(extensionPath, "package.json"))(
    packageJSON.main,
  );
  assert.ok(main.deactivate, "the extension can be deactivated");
  await main.deactivate();
}

async function untilLeft({ requests }: RunningEmulator): Promise<void> {
  while (requests.some(({ endedAt }) => endedAt === undefined)) await new Promise((resolve) => setTimeout(resolve, 5));
}

async function journalOf(sessionId: string): Promise<string> {
  const folder = join((await testAccess()).storage.fsPath, "sessions");
  const files = await readdir(folder, { recursive: true });
  const found = files.find((file) => file.endsWith(`${sessionId}.jsonl`));
  return join(folder, found ?? assert.fail(`no journal of ${sessionId}: ${files.join(", ")}`));
}
