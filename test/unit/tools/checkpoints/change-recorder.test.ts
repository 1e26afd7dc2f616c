import assert from "node:assert/strict";
import { chmod, mkdir, readFile, rename, rm, stat, symlink, truncate, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { describe, it, type TestContext } from "node:test";
import { type FileRestorer, planRestore, restoreFiles } from "../../../../src/tools/checkpoints/restore-files.ts";
import type { FileChange } from "../../../../src/tools/checkpoints/session-changes.ts";
import { temporaryFolder } from "../../../support/temporary-folder.ts";
import { type ChangesScene, call, changesScene, changingTool } from "./changes-scene.ts";

const onDisk: FileRestorer = {
  write: async (path, bytes, mode) => {
    await writeFile(path, bytes);
    await chmod(path, mode);
  },
  remove: (path) => rm(path),
};

async function begin(test: TestContext) {
  const storage = await temporaryFolder(test);
  const workspace = await temporaryFolder(test);
  const scene = changesScene(storage, workspace);
  const at = (name: string): string => join(workspace, name);
  await writeFile(at("a.txt"), "one\n");
  await writeFile(at("b.bin"), Buffer.from([0, 1, 2, 255]));
  return {
    storage,
    workspace,
    scene,
    at,
    write: (name: string, text: string) =>
      changingTool("write", [{ path: at(name), access: "write" }], () => writeFile(at(name), text)),
    kinds: (changes: readonly FileChange[] = []) =>
      changes.map(({ path, original, current }) => [path.slice(workspace.length + 1), original.kind, current.kind]),
  };
}

async function restore(scene: ChangesScene, turns: readonly string[], name = "restore 1") {
  const plan = await planRestore((await scene.recorder.changes()).before(new Set(turns)), scene);
  await restoreFiles(plan, name, { ...scene, restorer: onDisk });
  return plan;
}

describe("what a session's calls change", () => {
  it("lists a written and a new file, and brings both back, byte for byte", async (test) => {
    const { scene, at, write, kinds } = await begin(test);
    await chmod(at("b.bin"), 0o750);
    await call(scene, write("a.txt", "two\n"));
    await call(scene, write("new.txt", "x"));
    await call(scene, write("b.bin", "text"));
    assert.deepEqual(kinds(scene.told.at(-1)), [
      ["a.txt", "kept", "kept"],
      ["b.bin", "kept", "kept"],
      ["new.txt", "missing", "kept"],
    ]);
    await restore(scene, ["turn 1"]);
    assert.equal(await readFile(at("a.txt"), "utf8"), "one\n");
    assert.deepEqual(await readFile(at("b.bin")), Buffer.from([0, 1, 2, 255]));
    assert.equal((await stat(at("b.bin"))).mode & 0o777, 0o750);
    await assert.rejects(stat(at("new.txt")), /ENOENT/);
    assert.deepEqual(scene.told.at(-1), []);
  });

  it("goes back to before a turn in the middle, and forward again", async (test) => {
    const { scene, at, write } = await begin(test);
    await call(scene, write("a.txt", "two\n"));
    scene.turn = "turn 2";
    await call(scene, write("a.txt", "three\n"));
    scene.turn = "turn 3";
    await call(scene, write("a.txt", "four\n"));
    await restore(scene, ["turn 2", "turn 3"]);
    assert.equal(await readFile(at("a.txt"), "utf8"), "two\n");
    await restore(scene, ["restore 1"], "redo");
    assert.equal(await readFile(at("a.txt"), "utf8"), "four\n");
  });

  it("finds what a program changed, made and removed, without being told", async (test) => {
    const { scene, at, kinds } = await begin(test);
    const program = changingTool("execute", [], async () => {
      await writeFile(at("a.txt"), "built\n");
      await mkdir(at("out"));
      await writeFile(at("out/c.txt"), "c");
      await rm(at("b.bin"));
    });
    await call(scene, program);
    assert.deepEqual(kinds(scene.told.at(-1)), [
      ["a.txt", "kept", "kept"],
      ["b.bin", "kept", "missing"],
      ["out/c.txt", "missing", "kept"],
    ]);
    await restore(scene, ["turn 1"]);
    assert.deepEqual(await readFile(at("b.bin")), Buffer.from([0, 1, 2, 255]));
    await assert.rejects(stat(at("out/c.txt")), /ENOENT/);
  });

  it("says nothing of a program in a workspace of more files than are kept", async (test) => {
    const { storage, workspace, at } = await begin(test);
    const scene = changesScene(storage, workspace, 1);
    await call(
      scene,
      changingTool("execute", [], () => writeFile(at("a.txt"), "built\n")),
    );
    assert.deepEqual(scene.told, []);
  });

  it("keeps what a failed call has changed", async (test) => {
    const { scene, at, kinds } = await begin(test);
    const failing = changingTool("write", [{ path: at("a.txt"), access: "write" }], async () => {
      await writeFile(at("a.txt"), "half");
      throw new Error("the disk is full");
    });
    await assert.rejects(call(scene, failing), /the disk is full/);
    assert.deepEqual(kinds(scene.told.at(-1)), [["a.txt", "kept", "kept"]]);
  });

  it("follows a folder that is moved", async (test) => {
    const { scene, at, kinds } = await begin(test);
    await mkdir(at("from/deep"), { recursive: true });
    await writeFile(at("from/deep/d.txt"), "d");
    await symlink(at("a.txt"), at("from/link"));
    const targets = [at("from"), at("to")].map((path) => ({ path, access: "write" as const }));
    await call(
      scene,
      changingTool("write", targets, () => rename(at("from"), at("to"))),
    );
    assert.deepEqual(kinds(scene.told.at(-1)), [
      ["from/deep/d.txt", "kept", "missing"],
      ["to/deep/d.txt", "missing", "kept"],
    ]);
  });

  it("copies no file that is named as a secret, nor a large one, and says so instead of restoring", async (test) => {
    const { scene, at, write } = await begin(test);
    await writeFile(at(".env"), "KEY=1");
    await writeFile(at("large"), "");
    await truncate(at("large"), 5_000_001);
    await call(scene, write(".env", "KEY=2"));
    await call(scene, write("large", "small"));
    const plan = await restore(scene, ["turn 1"]);
    assert.deepEqual(plan.notKept, [at(".env"), at("large")]);
    assert.equal(await readFile(at(".env"), "utf8"), "KEY=2");
  });

  it("names the files that somebody changed since", async (test) => {
    const { scene, at, write } = await begin(test);
    await call(scene, write("a.txt", "two\n"));
    await call(scene, write("new.txt", "x"));
    await writeFile(at("a.txt"), "mine\n");
    const plan = await planRestore((await scene.recorder.changes()).before(new Set(["turn 1"])), scene);
    assert.deepEqual(plan.changedSince, [at("a.txt")]);
    assert.deepEqual([...plan.files.keys()], [at("a.txt"), at("new.txt")]);
  });

  it("no longer lists what the user keeps, whole or in part", async (test) => {
    const { scene, at, write, kinds } = await begin(test);
    await call(scene, write("a.txt", "two\n"));
    await call(scene, write("new.txt", "x"));
    await scene.recorder.keep([at("a.txt")]);
    assert.deepEqual(kinds(scene.told.at(-1)), [["new.txt", "missing", "kept"]]);
    const part = await scene.store.put(Buffer.from("half"));
    const original = { kind: "kept", sha256: part, size: 4, mode: 0o644 } as const;
    await scene.recorder.keep([at("new.txt")], new Map([[at("new.txt"), original]]));
    assert.deepEqual(scene.told.at(-1)?.[0]?.original, original);
  });

  it("knows all of it after a restart, also what a killed process was about to change", async (test) => {
    const { storage, workspace, scene, at, write, kinds } = await begin(test);
    await call(scene, write("a.txt", "two\n"));
    const killed = changingTool("write", [{ path: at("b.bin"), access: "write" }], async () => {
      await writeFile(at("b.bin"), "cut");
      await new Promise(() => undefined);
    });
    const { signal } = new AbortController();
    const prepared = await scene.recorder.record(killed).prepare({}, signal);
    void prepared.run({ signal, output: () => undefined });
    while ((await readFile(at("b.bin"), "utf8")) !== "cut") await new Promise(setImmediate);
    await writeFile(join(storage, "session.jsonl"), '\n{"kind":"before","st', { flag: "a" });
    const again = changesScene(storage, workspace);
    assert.deepEqual(kinds((await again.recorder.changes()).changes), [
      ["a.txt", "kept", "kept"],
      ["b.bin", "kept", "kept"],
    ]);
    await restore(again, ["turn 1"]);
    assert.deepEqual(await readFile(at("b.bin")), Buffer.from([0, 1, 2, 255]));
  });

  it("touches no file where one content is lost", async (test) => {
    const { storage, scene, at, write } = await begin(test);
    await call(scene, write("a.txt", "two\n"));
    await call(scene, write("b.bin", "text"));
    await rm(join(storage, "contents"), { recursive: true });
    await assert.rejects(restore(scene, ["turn 1"]), /kept content of the file is gone/);
    assert.equal(await readFile(at("a.txt"), "utf8"), "two\n");
  });

  it("puts back what it can, and names what it could not", async (test) => {
    const { scene, at, write } = await begin(test);
    await call(scene, write("a.txt", "two\n"));
    await call(scene, write("b.bin", "text"));
    const plan = await planRestore((await scene.recorder.changes()).before(new Set(["turn 1"])), scene);
    const restorer: FileRestorer = {
      ...onDisk,
      write: (path, bytes, mode) =>
        path === at("a.txt") ? Promise.reject(new Error("the disk is full")) : onDisk.write(path, bytes, mode),
    };
    await assert.rejects(restoreFiles(plan, "restore 1", { ...scene, restorer }), {
      name: "ToolError",
      message: `1 of 2 files could not be put back; the others were. ${at("a.txt")}: the disk is full`,
    });
    assert.deepEqual(await readFile(at("b.bin")), Buffer.from([0, 1, 2, 255]));
    assert.equal(await readFile(at("a.txt"), "utf8"), "two\n");
  });
});
