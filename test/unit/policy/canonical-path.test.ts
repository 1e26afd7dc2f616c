import assert from "node:assert/strict";
import { mkdir, symlink, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { describe, it } from "node:test";
import { canonicalPath, isInside } from "../../../src/policy/canonical-path.ts";
import { temporaryFolder } from "../../support/temporary-folder.ts";

describe("canonicalPath", () => {
  it("follows links of what exists", async (test) => {
    const folder = await temporaryFolder(test);
    await mkdir(join(folder, "real"));
    await writeFile(join(folder, "real", "a.ts"), "");
    await symlink(join(folder, "real"), join(folder, "link"));
    assert.equal(await canonicalPath(join(folder, "link", "a.ts")), join(folder, "real", "a.ts"));
    assert.equal(await canonicalPath(join(folder, "real", "..", "real")), join(folder, "real"));
  });

  it("follows links of the parents of what does not exist", async (test) => {
    const folder = await temporaryFolder(test);
    await mkdir(join(folder, "real"));
    await symlink(join(folder, "real"), join(folder, "link"));
    const wanted = join(folder, "real", "new", "deeper.ts");
    assert.equal(await canonicalPath(join(folder, "link", "new", "deeper.ts")), wanted);
  });

  it("follows links that lead to nothing yet, relative ones and chains too", async (test) => {
    const folder = await temporaryFolder(test);
    await mkdir(join(folder, "ws"));
    const outside = join(folder, "outside", "file");
    await symlink(outside, join(folder, "ws", "absolute"));
    await symlink("../outside/file", join(folder, "ws", "relative"));
    await symlink("relative", join(folder, "ws", "chain"));
    for (const link of ["absolute", "relative", "chain"]) {
      assert.equal(await canonicalPath(join(folder, "ws", link)), outside);
      assert.equal(await canonicalPath(join(folder, "ws", link, "deeper")), join(outside, "deeper"));
    }
  });

  it("refuses links that lead in a circle", async (test) => {
    const folder = await temporaryFolder(test);
    await symlink(join(folder, "b"), join(folder, "a"));
    await symlink(join(folder, "a"), join(folder, "b"));
    await assert.rejects(canonicalPath(join(folder, "a")), /too many links/);
  });
});

describe("isInside", () => {
  it("holds for the folder itself and what lies below it", () => {
    for (const path of ["/ws", "/ws/a.ts", "/ws/..a/b", "/ws/...", "/ws/c:drive"]) {
      assert.equal(isInside("/ws", path), true, path);
    }
    assert.equal(isInside("/", "/etc/hosts"), true);
  });

  it("does not hold for parents, siblings and names that only begin the same", () => {
    for (const path of ["/", "/ws-evil", "/ws-evil/a.ts", "/other/ws", "/w"]) {
      assert.equal(isInside("/ws", path), false, path);
    }
  });
});
