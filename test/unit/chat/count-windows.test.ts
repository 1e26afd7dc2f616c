import assert from "node:assert/strict";
import { mkdir, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { it } from "node:test";
import { countOtherWindows } from "../../../src/chat/count-windows.ts";
import { temporaryFolder } from "../../support/temporary-folder.ts";

it("counts the other windows in which a chat is open, whatever their workspace, each once", async (test) => {
  const folder = await temporaryFolder(test);
  assert.equal(await countOtherWindows(join(folder, "none"), process.pid), 0);
  const holders = {
    "a/1.lock": process.pid,
    "a/2.lock": process.ppid,
    "b/3.lock": process.ppid,
    "b/4.lock": 999_999_999,
  };
  for (const [name, pid] of Object.entries(holders)) {
    await mkdir(join(folder, name, ".."), { recursive: true });
    await writeFile(join(folder, name), `${pid}\n`);
  }
  await writeFile(join(folder, "a", "1.jsonl"), `${process.ppid}\n`);
  assert.equal(await countOtherWindows(folder, process.pid), 1);
});
