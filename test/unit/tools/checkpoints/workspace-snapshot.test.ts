import assert from "node:assert/strict";
import { readdir, rm, stat, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { test } from "node:test";
import { ContentStore } from "../../../../src/tools/checkpoints/content-store.ts";
import { FileKeeper } from "../../../../src/tools/checkpoints/file-keeper.ts";
import { listWorkspace } from "../../../../src/tools/checkpoints/list-workspace.ts";
import { takeSnapshot } from "../../../../src/tools/checkpoints/workspace-snapshot.ts";
import { slowList } from "../../../../src/tools/listing/slow-list.ts";
import { temporaryFolder } from "../../../support/temporary-folder.ts";

const { signal } = new AbortController();

test("a workspace is kept whole up to so many files and bytes, without what .gitignore leaves out", async (context) => {
  const folder = await temporaryFolder(context);
  await writeFile(join(folder, ".gitignore"), "out.txt\n");
  for (const name of ["a.txt", "b.txt", "out.txt"]) await writeFile(join(folder, name), "12345");
  const store = new ContentStore(await temporaryFolder(context));
  const keeper = new FileKeeper({ store, isSecret: () => false });
  const take = async (mostFiles: number, mostBytes: number): Promise<number | undefined> => {
    const list = listWorkspace({ folders: () => [folder], engine: async () => slowList, mostFiles });
    return (await takeSnapshot({ list, keeper, mostFiles, mostBytes }, signal))?.size;
  };
  assert.equal(await take(3, 18), 3);
  assert.equal(await take(2, 18), undefined);
  assert.equal(await take(3, 17), undefined);
});

test("what was read is put into the store anew after half a day, since another window may have cleaned it up", async (context) => {
  const folder = await temporaryFolder(context);
  const path = join(folder, "a.txt");
  await writeFile(path, "a");
  const store = new ContentStore(join(folder, "contents"));
  let now = Date.now() + 60_000;
  const keeper = new FileKeeper({ store, isSecret: () => false, now: () => now });
  const kept = await keeper.keep(path);
  assert(kept?.kind === "kept");
  await store.prune(new Set(), now + 48 * 60 * 60_000);
  await assert.rejects(store.get(kept.sha256), { name: "ContentLost" });
  now += 13 * 60 * 60_000;
  await keeper.keep(path);
  assert.equal(Buffer.from(await store.get(kept.sha256)).toString(), "a");
});

test("what changed a moment ago is read again: a further write may have left the same times", async (context) => {
  const folder = await temporaryFolder(context);
  const path = join(folder, "a.txt");
  await writeFile(path, "a");
  const store = new ContentStore(join(folder, "contents"));
  const { ctimeMs } = await stat(path);
  let now = ctimeMs + 1000;
  const keeper = new FileKeeper({ store, isSecret: () => false, now: () => now });
  const isReadAgain = async (): Promise<boolean> => {
    await keeper.keep(path);
    await rm(join(folder, "contents"), { recursive: true, force: true });
    await keeper.keep(path);
    return readdir(join(folder, "contents")).then(
      () => true,
      () => false,
    );
  };
  assert.equal(await isReadAgain(), true);
  now = ctimeMs + 5000;
  assert.equal(await isReadAgain(), false);
});
