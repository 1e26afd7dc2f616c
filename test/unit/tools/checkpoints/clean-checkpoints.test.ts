import assert from "node:assert/strict";
import { mkdir, readdir, utimes, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { test } from "node:test";
import { ChangeLog } from "../../../../src/tools/checkpoints/change-log.ts";
import { cleanCheckpoints } from "../../../../src/tools/checkpoints/clean-checkpoints.ts";
import { ContentStore } from "../../../../src/tools/checkpoints/content-store.ts";
import { temporaryFolder } from "../../../support/temporary-folder.ts";

const twoDays = 2 * 24 * 60 * 60_000;

test("logs of sessions that are gone go with their contents; those of sessions that are there or just begun stay", async (context) => {
  const storage = await temporaryFolder(context);
  const folder = join(storage, "checkpoints");
  const sessions = join(storage, "sessions");
  const store = new ContentStore(join(folder, "contents"));
  const keep = async (id: string): Promise<string> => {
    const sha256 = await store.put(Buffer.from(id));
    const file = { kind: "kept", sha256, size: id.length, mode: 0o644 } as const;
    await new ChangeLog(join(folder, `${id}.jsonl`)).append({ kind: "after", step: "s", at: 1, files: { "/a": file } });
    return sha256;
  };
  const [gone, there, begun] = [await keep("gone"), await keep("there"), await keep("begun")];
  await mkdir(join(sessions, "workspace"), { recursive: true });
  await writeFile(join(sessions, "workspace", "there.jsonl"), "");
  await writeFile(join(sessions, "workspace", "begun.lock"), "");

  await cleanCheckpoints({ folder, sessions, store, now: Date.now() + twoDays });
  assert.deepEqual((await readdir(folder)).toSorted(), ["begun.jsonl", "contents", "there.jsonl"]);
  await assert.rejects(store.get(gone), { name: "ContentLost" });
  assert.equal(Buffer.from(await store.get(there)).toString(), "there");
  assert.equal(Buffer.from(await store.get(begun)).toString(), "begun");
});

test("of more than 50 logs the oldest go", async (context) => {
  const storage = await temporaryFolder(context);
  const folder = join(storage, "checkpoints");
  await mkdir(join(storage, "sessions", "w"), { recursive: true });
  await mkdir(folder);
  for (let index = 0; index < 52; index++) {
    await writeFile(join(storage, "sessions", "w", `${index}.jsonl`), "");
    await writeFile(join(folder, `${index}.jsonl`), "");
    await utimes(join(folder, `${index}.jsonl`), 1000 + index, 1000 + index);
  }
  const store = new ContentStore(join(folder, "contents"));
  await cleanCheckpoints({ folder, sessions: join(storage, "sessions"), store, now: 0 });
  const left = await readdir(folder);
  assert.deepEqual([left.length, left.includes("0.jsonl"), left.includes("1.jsonl")], [50, false, false]);
});

test("of more bytes than are kept the oldest logs go with theirs, but for the newest and what a window has open", async (context) => {
  const storage = await temporaryFolder(context);
  const [folder, sessions] = [join(storage, "checkpoints"), join(storage, "sessions")];
  const store = new ContentStore(join(folder, "contents"));
  await mkdir(join(sessions, "w"), { recursive: true });
  // Oldest first; the contents of "same" are those of "newest".
  const hashes = new Map<string, string>();
  for (const [index, [id, text]] of Object.entries({
    open: "o".repeat(60),
    old: "x".repeat(60),
    same: "n".repeat(60),
    newest: "n".repeat(60),
  }).entries()) {
    const sha256 = await store.put(Buffer.from(text));
    const file = { kind: "kept", sha256, size: text.length, mode: 0o644 } as const;
    const log = join(folder, `${id}.jsonl`);
    await new ChangeLog(log).append({ kind: "after", step: "s", at: 1, files: { "/a": file } });
    await utimes(log, 1000 + index, 1000 + index);
    await writeFile(join(sessions, "w", `${id}.jsonl`), "");
    hashes.set(id, sha256);
  }
  await writeFile(join(sessions, "w", "open.lock"), "");
  await cleanCheckpoints({ folder, sessions, store, now: Date.now() + twoDays, mostBytes: 130 });
  assert.deepEqual((await readdir(folder)).toSorted(), ["contents", "newest.jsonl", "open.jsonl", "same.jsonl"]);
  await assert.rejects(store.get(hashes.get("old") ?? ""), { name: "ContentLost" });
  await cleanCheckpoints({ folder, sessions, store, now: Date.now() + twoDays, mostBytes: 1 });
  assert.deepEqual((await readdir(folder)).toSorted(), ["contents", "newest.jsonl", "open.jsonl"]);
  assert.equal((await store.get(hashes.get("open") ?? "")).length, 60);
});
