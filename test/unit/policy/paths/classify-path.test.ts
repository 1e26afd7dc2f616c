import assert from "node:assert/strict";
import { mkdir, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { describe, it, type TestContext } from "node:test";
import { classifyPath } from "../../../../src/policy/paths/classify-path.ts";
import { createPathContext } from "../../../../src/policy/paths/path-context.ts";
import { temporaryFolder } from "../../../support/temporary-folder.ts";

async function scene(test: TestContext) {
  const folder = await temporaryFolder(test);
  const [ws, home] = [join(folder, "ws"), join(folder, "home")];
  for (const path of [ws, home]) await mkdir(path);
  return { ws, home, context: createPathContext({ folders: () => [ws], home }) };
}

describe("classifyPath", () => {
  it("tells place, kind, entry and names", async (test) => {
    const { ws, context } = await scene(test);
    await writeFile(join(ws, "a"), "");
    assert.deepEqual(await classifyPath(join(ws, "a"), context), {
      ...{ place: "inside", kind: "ordinary", canonical: join(ws, "a"), link: undefined, entry: "file", names: 1 },
    });
    assert.deepEqual(await classifyPath(join(ws, ".."), context), {
      ...{ place: "outside", kind: "ordinary", canonical: join(ws, ".."), link: undefined, entry: "folder", names: 1 },
    });
    assert.equal((await classifyPath(join(ws, "b"), context)).entry, "missing");
    assert.equal((await classifyPath("/dev/null", context)).entry, "special");
  });

  it("says of writes only what concerns writes only, and of either the stricter", async (test) => {
    const { ws, home, context } = await scene(test);
    await writeFile(join(ws, ".npmrc"), "//r.example/:_authToken=x\n");
    const kinds = async (path: string) => [
      (await classifyPath(path, context, "read")).kind,
      (await classifyPath(path, context, "write")).kind,
      (await classifyPath(path, context, "either")).kind,
    ];
    assert.deepEqual(await kinds(join(ws, "src/a.ts")), ["ordinary", "ordinary", "ordinary"]);
    assert.deepEqual(await kinds(join(ws, ".vscode/x.json")), ["ordinary", "protected", "protected"]);
    assert.deepEqual(await kinds(join(ws, ".git/config")), ["ordinary", "forbidden", "forbidden"]);
    assert.deepEqual(await kinds(join(home, ".bashrc")), ["ordinary", "forbidden", "forbidden"]);
    assert.deepEqual(await kinds(join(ws, ".npmrc")), ["key-material", "protected", "key-material"]);
    assert.deepEqual(await kinds(join(ws, ".envrc")), ["secret-text", "protected", "secret-text"]);
    assert.deepEqual(await kinds(join(home, ".ssh/config")), ["key-material", "forbidden", "key-material"]);
  });
});
