import assert from "node:assert/strict";
import { chmod } from "node:fs/promises";
import { join } from "node:path";
import { type TestContext, test } from "node:test";
import { findRipgrep } from "../../../src/headless/find-ripgrep.ts";
import { temporaryFolder } from "../../support/temporary-folder.ts";
import { writeTree } from "../../support/write-tree.ts";

function setEnvironment(context: TestContext, values: Readonly<Record<string, string>>): void {
  for (const [name, value] of Object.entries(values)) {
    const before = process.env[name];
    process.env[name] = value;
    context.after(() => {
      if (before === undefined) delete process.env[name];
      else process.env[name] = before;
    });
  }
}

test("Without ripgrep on the PATH the one of the cached VS Code is found", async (context) => {
  const cache = await temporaryFolder(context);
  const name = process.platform === "win32" ? "rg.exe" : "rg";
  const inside = `node_modules/@vscode/ripgrep-universal/bin/${process.platform}-${process.arch}/${name}`;
  const path = join("code-server-4.139.1/node_modules/code-server/lib/vscode", inside);
  await writeTree(cache, { [path]: "" });
  await chmod(join(cache, path), 0o755);
  setEnvironment(context, { PATH: join(cache, "empty"), OUTCROP_CACHE: cache });

  assert.deepEqual(await findRipgrep([]), { path: join(cache, path), source: "editor" });
});

test("Without ripgrep anywhere there is none", async (context) => {
  const empty = await temporaryFolder(context);
  setEnvironment(context, { PATH: empty, OUTCROP_CACHE: empty });

  assert.equal(await findRipgrep([]), undefined);
});
