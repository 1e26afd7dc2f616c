import assert from "node:assert/strict";
import { mkdir, readdir, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { describe, it, type TestContext } from "node:test";
import { clearData } from "../../../src/vscode/clear-data.ts";
import type { Dialogs } from "../../../src/vscode/dialogs.ts";
import { temporaryFolder } from "../../support/temporary-folder.ts";

/** Storage with a chat whose window is the process `holder`; what was asked, and what is left after the press. */
async function clearing(test: TestContext, holder: number, press: "Clear Data" | undefined) {
  const storage = await temporaryFolder(test);
  await mkdir(join(storage, "sessions", "a"), { recursive: true });
  await writeFile(join(storage, "sessions", "a", "1.lock"), `${holder}\n`);
  const asked: string[] = [];
  const dialogs: Dialogs = {
    isOpen: false,
    ask: async ({ detail, buttons }) => {
      asked.push(detail);
      return buttons.find((button) => button === press);
    },
  };
  const forgotten: string[] = [];
  const memory = { keys: () => [], update: async () => undefined };
  await clearData(
    { startOver: (remove) => remove() },
    {
      ...{ storage, memory },
      forgetRequests: () => void forgotten.push("requests"),
      forgetSecrets: async () => void forgotten.push("secrets"),
    },
    dialogs,
  );
  return { detail: asked.join(), left: await readdir(storage), forgotten };
}

describe("Q06 Clear Data", () => {
  it("warns of other windows with an open chat", async (test) => {
    const { detail, left } = await clearing(test, process.ppid, undefined);
    assert.match(
      detail,
      /^⚠ Other windows with an open Outcrop chat: 1\. .* close them first\.\n\nOf all workspaces: every chat/,
    );
    assert.deepEqual(left, ["sessions"]);
  });

  it("says nothing of others where this window is the only one, and deletes after the press", async (test) => {
    const { detail, left, forgotten } = await clearing(test, process.pid, "Clear Data");
    assert.match(detail, /^Of all workspaces: every chat/);
    assert.deepEqual([left, forgotten], [[], ["requests", "secrets"]]);
  });
});
