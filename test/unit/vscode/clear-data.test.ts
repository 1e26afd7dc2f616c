import assert from "node:assert/strict";
import { mkdir, readdir, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { describe, it, type TestContext } from "node:test";
import { clearData } from "../../../src/vscode/clear-data.ts";
import type { Dialogs } from "../../../src/vscode/dialogs.ts";
import { DraftMemory } from "../../../src/vscode/sessions/kept-draft.ts";
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
  const [everywhere, here] = [remembering("outcrop.usage"), remembering("outcrop.attachments")];
  await new DraftMemory(here, String).write({ session: "s", text: "half a prompt" });
  await clearData(
    { startOver: (remove) => remove() },
    {
      ...{ storage, memories: [everywhere, here] },
      forgetRequests: () => void forgotten.push("requests"),
      forgetSecrets: async () => void forgotten.push("secrets"),
    },
    dialogs,
  );
  const remembered = [...everywhere.keys(), ...here.keys()];
  return { detail: asked.join(), left: await readdir(storage), forgotten, remembered };
}

/** VS Code's memory, with one value in it. */
function remembering(first: string) {
  const values = new Map<string, unknown>([[first, 1]]);
  return {
    keys: () => [...values.keys()],
    get: (key: string) => values.get(key),
    update: async (key: string, value: unknown) => {
      if (value === undefined) values.delete(key);
      else values.set(key, value);
    },
  };
}

describe("Q06 Clear Data", () => {
  it("warns of other windows with an open chat", async (test) => {
    const { detail, left, remembered } = await clearing(test, process.ppid, undefined);
    assert.equal(remembered.length, 3);
    assert.match(
      detail,
      /^⚠ Other windows with an open Outcrop chat: 1\. .* close them first\.\n\nOf all workspaces: every chat/,
    );
    assert.deepEqual(left, ["sessions"]);
  });

  it("says nothing of others where this window is the only one, and deletes after the press, drafts too", async (test) => {
    const { detail, left, forgotten, remembered } = await clearing(test, process.pid, "Clear Data");
    assert.match(detail, /^Of all workspaces: every chat, prompts and attachments that were not sent, /);
    assert.deepEqual([left, forgotten, remembered], [[], ["requests", "secrets"], []]);
  });
});
