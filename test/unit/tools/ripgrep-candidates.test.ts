import assert from "node:assert/strict";
import { chmod, symlink } from "node:fs/promises";
import { join } from "node:path";
import { test } from "node:test";
import { editorRipgreps, firstRipgrep, pathRipgreps } from "../../../src/tools/ripgrep-candidates.ts";
import type { Ripgrep } from "../../../src/tools/workspace.ts";
import { temporaryFolder } from "../../support/temporary-folder.ts";
import { writeTree } from "../../support/write-tree.ts";

const linux = { platform: "linux", arch: "x64", env: {} };

function fromPath(...paths: readonly string[]): readonly Ripgrep[] {
  return paths.map((path) => ({ path, source: "path" as const }));
}

test("The editor's ripgrep is looked for in every layout, newest first", () => {
  assert.deepEqual(
    editorRipgreps("/app", linux).map(({ path }) => path),
    [
      "/app/node_modules/@vscode/ripgrep-universal/bin/linux-x64/rg",
      "/app/node_modules.asar.unpacked/@vscode/ripgrep-universal/bin/linux-x64/rg",
      "/app/node_modules/@vscode/ripgrep/bin/rg",
      "/app/node_modules.asar.unpacked/@vscode/ripgrep/bin/rg",
      "/app/node_modules/vscode-ripgrep/bin/rg",
      "/app/node_modules.asar.unpacked/vscode-ripgrep/bin/rg",
    ],
  );
});

test("On Windows the program's name ends in .exe", () => {
  const windows = { platform: "win32", arch: "arm64", env: { Path: "/tools" } };

  assert.match(editorRipgreps("/app", windows)[0]?.path ?? "", /win32-arm64.rg\.exe$/);
  assert.deepEqual(pathRipgreps(windows), fromPath("/tools/rg.exe"));
});

test("Relative entries of the PATH are left out", () => {
  const machine = { ...linux, env: { PATH: ".:/usr/bin::tools:/opt/bin" } };

  assert.deepEqual(pathRipgreps(machine), fromPath("/usr/bin/rg", "/opt/bin/rg"));
  assert.deepEqual(pathRipgreps(linux), []);
});

test("The first candidate that is a program is taken, by its real path", async (context) => {
  const root = await temporaryFolder(context);
  await writeTree(root, { "text/rg": "", "folder/rg/inner": "", "real/rg-15": "" });
  await chmod(join(root, "real/rg-15"), 0o755);
  await symlink(join(root, "real/rg-15"), join(root, "rg"));
  const candidates = fromPath(
    join(root, "absent/rg"),
    join(root, "text/rg"),
    join(root, "folder/rg"),
    join(root, "rg"),
  );

  assert.deepEqual(await firstRipgrep(candidates, []), { path: join(root, "real/rg-15"), source: "path" });
});

test("A program in the workspace is never taken, whether it lies or leads there", async (context) => {
  const root = await temporaryFolder(context);
  await writeTree(root, { "ws/rg": "", "bin/.keep": "" });
  await chmod(join(root, "ws/rg"), 0o755);
  await symlink(join(root, "ws/rg"), join(root, "bin/rg"));
  await symlink(join(root, "ws"), join(root, "linked-ws"));

  const candidates = fromPath(join(root, "ws/rg"), join(root, "bin/rg"));

  assert.equal(await firstRipgrep(candidates, [{ name: "ws", path: join(root, "ws") }]), undefined);
  assert.equal(await firstRipgrep(candidates, [{ name: "ws", path: join(root, "linked-ws") }]), undefined);
});
