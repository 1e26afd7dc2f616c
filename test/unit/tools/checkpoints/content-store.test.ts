import assert from "node:assert/strict";
import { readdir, stat, utimes, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { test } from "node:test";
import { ContentLost, ContentStore } from "../../../../src/tools/checkpoints/content-store.ts";
import { temporaryFolder } from "../../../support/temporary-folder.ts";

const day = 24 * 60 * 60_000;

async function filesOf(folder: string): Promise<readonly string[]> {
  const entries = await readdir(folder, { recursive: true, withFileTypes: true });
  return entries.filter((entry) => entry.isFile()).map((entry) => join(entry.parentPath, entry.name));
}

test("a content is kept once, readable by the user alone, and comes back as it was", async (context) => {
  const folder = await temporaryFolder(context);
  const store = new ContentStore(folder);
  const bytes = Buffer.from([0, 200, 10]);
  const [one, other] = await Promise.all([store.put(bytes), store.put(bytes)]);
  assert.equal(one, other);
  assert.deepEqual(await store.get(one), bytes);
  const [file = "", ...others] = await filesOf(folder);
  assert.deepEqual(others, []);
  assert.equal((await stat(file)).mode & 0o777, 0o600);
});

test("a content that was changed on the disk is lost, not handed out", async (context) => {
  const folder = await temporaryFolder(context);
  const store = new ContentStore(folder);
  const sha256 = await store.put(Buffer.from("a"));
  const [file = ""] = await filesOf(folder);
  await writeFile(file, "b");
  await assert.rejects(store.get(sha256), ContentLost);
  await assert.rejects(store.get("0".repeat(64)), ContentLost);
});

test("what nobody needs is removed when it is a day old", async (context) => {
  const folder = await temporaryFolder(context);
  const store = new ContentStore(folder);
  const needed = await store.put(Buffer.from("needed"));
  await store.put(Buffer.from("not needed"));
  const old = new Date(Date.now() - 2 * day);
  for (const file of await filesOf(folder)) await utimes(file, old, old);
  await store.put(Buffer.from("young"));
  await store.prune(new Set([needed]), Date.now());
  assert.equal((await filesOf(folder)).length, 2);
  assert.equal(Buffer.from(await store.get(needed)).toString(), "needed");
});
