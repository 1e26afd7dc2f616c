import assert from "node:assert/strict";
import { mkdir, readFile, rm, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { describe, it, type TestContext } from "node:test";
import { DiskFiles } from "../../../../src/headless/disk-files.ts";
import { SessionReview } from "../../../../src/tools/checkpoints/session-review.ts";
import { temporaryFolder } from "../../../support/temporary-folder.ts";
import { call, changesScene, changingTool } from "./changes-scene.ts";

const text = "one\r\ntwo\r\nthree\r\nfour\r\n";
const changedText = "ONE\r\ntwo\r\nthree\r\nFOUR\r\n";

async function reviewScene(test: TestContext) {
  const folder = await temporaryFolder(test);
  const workspace = join(folder, "workspace");
  await mkdir(workspace);
  const scene = changesScene(join(folder, "storage"), workspace);
  const files = new DiskFiles();
  const unsaved = new Set<string>();
  const review = new SessionReview({
    ...scene,
    files,
    restorer: { write: (path, bytes) => writeFile(path, bytes), remove: (path) => rm(path) },
    folders: () => [{ name: "workspace", path: workspace }],
    isUnsaved: (path) => unsaved.has(path),
  });
  const path = join(workspace, "a.txt");
  const write = async (content: string, at = path): Promise<void> =>
    call(
      scene,
      changingTool("write", [{ path: at }], () => writeFile(at, content)),
    );
  return { scene, review, path, workspace, write, unsaved };
}

describe("a session's review", () => {
  it("lists what changed, with its lines, and nothing that is again as it was", async (test) => {
    const { review, path, workspace, write } = await reviewScene(test);
    await writeFile(path, text);
    await write(changedText);
    await write("x\ny\n", join(workspace, "new.txt"));
    assert.deepEqual(await review.look(undefined), {
      files: [
        { path, label: "a.txt", state: "changed", lines: { added: 2, removed: 2 } },
        { path: join(workspace, "new.txt"), label: "new.txt", state: "created", lines: { added: 2, removed: 0 } },
      ],
      canRedo: false,
    });
    await write(text);
    assert.deepEqual(await review.paths(), [join(workspace, "new.txt")]);
  });

  it("keeps one piece and undoes the other, byte for byte", async (test) => {
    const { review, path, write } = await reviewScene(test);
    await writeFile(path, text);
    await write(changedText);
    const [first = assert.fail(), second = assert.fail()] = await review.hunks(path, changedText);
    await review.keepHunk(path, first);
    assert.equal(await review.originalText(path), "ONE\r\ntwo\r\nthree\r\nfour\r\n");
    await assert.rejects(review.keepHunk(path, first), { name: "ToolError" });
    await review.undoHunk(path, second);
    assert.equal(await readFile(path, "utf8"), "ONE\r\ntwo\r\nthree\r\nfour\r\n");
    assert.deepEqual(await review.paths(), []);
  });

  it("deletes a new file whose only piece is undone", async (test) => {
    const { review, path, write } = await reviewScene(test);
    await write("new\n");
    const [hunk = assert.fail()] = await review.hunks(path, "new\n");
    await review.undoHunk(path, hunk);
    await assert.rejects(readFile(path), { code: "ENOENT" });
    assert.deepEqual(await review.paths(), []);
  });

  it("says of a file with unsaved changes, and of one that was changed since, that it is another's work", async (test) => {
    const { review, path, workspace, write, unsaved } = await reviewScene(test);
    const other = join(workspace, "b.txt");
    await writeFile(path, text);
    await write(changedText);
    await write("b\n", other);
    assert.deepEqual((await review.planUndo([path, other])).changedSince, []);
    unsaved.add(path);
    await writeFile(other, "mine\n");
    assert.deepEqual((await review.planUndo([path, other])).changedSince, [path, other]);
  });

  it("no longer lists a file that the user has put back by hand, once it is undone", async (test) => {
    const { review, path, write } = await reviewScene(test);
    await writeFile(path, text);
    await write(changedText);
    await writeFile(path, text);
    await review.undo([path], await review.planUndo([path]));
    assert.deepEqual(await review.paths(), []);
  });

  it("restores a checkpoint and redoes it, until another turn or another step", async (test) => {
    const { scene, review, path, write } = await reviewScene(test);
    await writeFile(path, text);
    scene.turn = "turn 1";
    await write("1\n");
    scene.turn = "turn 2";
    await write("2\n");
    await review.restore(await review.planCheckpoint(new Set(["turn 2"])), "turn 1");
    assert.equal(await readFile(path, "utf8"), "1\n");
    await review.restore(await review.planCheckpoint(new Set(["turn 1", "turn 2"])), undefined);
    assert.equal(await readFile(path, "utf8"), text);
    assert.deepEqual([(await review.look(undefined)).canRedo, (await review.look("turn 3")).canRedo], [true, false]);
    await review.redo(await review.planRedo());
    assert.equal(await readFile(path, "utf8"), "2\n");
    assert.equal((await review.look(undefined)).canRedo, false);
  });
});
