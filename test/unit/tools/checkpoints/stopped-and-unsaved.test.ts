import assert from "node:assert/strict";
import { mkdir, readFile, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { describe, it, type TestContext } from "node:test";
import { temporaryFolder } from "../../../support/temporary-folder.ts";
import { call, changesScene, changingTool } from "./changes-scene.ts";

async function begin(test: TestContext) {
  const folder = await temporaryFolder(test);
  const workspace = join(folder, "workspace");
  await mkdir(workspace);
  const path = join(workspace, "a.txt");
  await writeFile(path, "saved\n");
  return { scene: changesScene(join(folder, "storage"), workspace), path };
}

describe("what an editor has unsaved", () => {
  it("is what a write is compared with, and what comes back", async (test) => {
    const { scene, path } = await begin(test);
    scene.unsaved.set(path, "typed\nsaved\n");
    await call(
      scene,
      changingTool("write", [{ path }], async () => {
        scene.unsaved.delete(path);
        await writeFile(path, "typed\nSAVED\n");
      }),
    );
    const [change = assert.fail()] = (await scene.recorder.changes()).changes;
    assert.equal(change.original.kind, "kept");
    assert(change.original.kind === "kept");
    assert.equal(Buffer.from(await scene.store.get(change.original.sha256)).toString(), "typed\nsaved\n");
  });

  it("is no change of a call that failed", async (test) => {
    const { scene, path } = await begin(test);
    scene.unsaved.set(path, "typed\n");
    const failing = changingTool("write", [{ path }], () => Promise.reject(new Error("refused")));
    await assert.rejects(call(scene, failing), /refused/);
    assert.deepEqual((await scene.recorder.changes()).changes, []);
  });

  it("is not copied where the file is named as a secret", async (test) => {
    const { scene, path } = await begin(test);
    const secret = path.replace("a.txt", ".env");
    scene.unsaved.set(secret, "KEY=1");
    await call(
      scene,
      changingTool("write", [{ path: secret }], async () => {
        scene.unsaved.delete(secret);
        await writeFile(secret, "KEY=2");
      }),
    );
    assert.equal((await scene.recorder.changes()).of(secret)?.original.kind, "marked");
  });
});

describe("a call that a stopped turn has left", () => {
  for (const effect of ["write", "execute"] as const) {
    it(`is waited for, and what it changed belongs to its turn: ${effect}`, async (test) => {
      const { scene, path } = await begin(test);
      const { promise: ended, resolve: end } = Promise.withResolvers<void>();
      const { promise: begun, resolve: hasBegun } = Promise.withResolvers<void>();
      const slow = changingTool(effect, [{ path }], async () => {
        hasBegun();
        await ended;
        await writeFile(path, "late\n");
      });
      const running = call(scene, slow);
      await begun;
      scene.turn = "no turn";
      const idle = scene.recorder.idle().then(() => readFile(path, "utf8"));
      end();
      assert.equal(await idle, "late\n");
      assert.deepEqual([...(await scene.recorder.changes()).before(new Set(["turn 1"])).keys()], [path]);
      await running;
    });
  }
});
