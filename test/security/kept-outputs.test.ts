import assert from "node:assert/strict";
import { mkdir, readFile, symlink, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { describe, it, type TestContext } from "node:test";
import { classifyPath } from "../../src/policy/paths/classify-path.ts";
import { createPathContext } from "../../src/policy/paths/path-context.ts";
import { temporaryFolder } from "../support/temporary-folder.ts";
import { fileScene } from "./file-scene.ts";

async function open(test: TestContext) {
  const root = await temporaryFolder(test);
  const folders = ["ws", "own", "own/outputs/this", "own/outputs/other"].map((name) => join(root, name));
  const [ws = "", own = "", outputs = "", others = ""] = folders;
  for (const folder of folders) await mkdir(folder, { recursive: true });
  const context = createPathContext({ folders: () => [ws], home: root, ownFolders: [own], readableFolders: [outputs] });
  return { ws, own, outputs, others, context };
}

describe("the kept output of programs", () => {
  it("is read as what lies in the workspace, and never written", async (test) => {
    const { outputs, context } = await open(test);
    const path = join(outputs, "a.txt");
    await writeFile(path, "printed\n");
    const read = await classifyPath(path, context, "read");
    const write = await classifyPath(path, context, "write");
    assert.deepEqual([read.place, read.kind], ["inside", "ordinary"]);
    assert.deepEqual([write.place, write.kind], ["outside", "forbidden"]);
    assert.equal((await classifyPath(path, context)).place, "outside", "for a command");
  });

  it("of another session is outside, as is all else that Outcrop keeps, by any way", async (test) => {
    const { own, outputs, others, context } = await open(test);
    await writeFile(join(others, "b.txt"), "printed\n");
    await symlink(others, join(outputs, "link"));
    const paths = [join(others, "b.txt"), join(own, "audit.jsonl"), join(outputs, "link", "b.txt"), `${outputs}x`];
    for (const path of paths) assert.equal((await classifyPath(path, context, "read")).place, "outside", path);
  });

  it("is told of by the command whose result is cut, holds no secret, and read_file reads a range of it without a question", async (test) => {
    const { play } = await fileScene(test);
    const secret = ["AKIA", "QX3ZP7NLM5RTW2VD"].join("");
    const code = `for (let i = 0; i < 9000; i++) console.log("row", i, i === 4000 ? "AKIA" + "QX3ZP7NLM5RTW2VD" : "")`;
    const ran = await play("run_command", { command: `node -e '${code}'` });
    assert.match(ran.text, /characters left out/);
    const path =
      /The whole output is in (\S+); read_file reads any lines of it\.\)$/.exec(ran.text)?.[1] ?? assert.fail(ran.text);
    assert.ok(!(await readFile(path, "utf8")).includes(secret));
    const read = await play("read_file", { path, startLine: 4000, endLine: 4002 });
    assert.deepEqual([read.requests, read.isError], [[], false]);
    assert.match(read.text, /4000\trow 3999 ?\n4001\trow 4000 \[redacted:[^\]]+\]\n4002\trow 4001/);
  });
});
