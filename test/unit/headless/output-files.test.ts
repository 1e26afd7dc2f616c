import assert from "node:assert/strict";
import { mkdir, readdir, readFile, stat, truncate, utimes, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { describe, it, type TestContext } from "node:test";
import { keepResultsIn, OutputFiles, outputFolder } from "../../../src/headless/output-files.ts";
import { Redactor } from "../../../src/policy/redaction/redactor.ts";
import { createStreamRedactor } from "../../../src/policy/redaction/stream-redactor.ts";
import { temporaryFolder } from "../../support/temporary-folder.ts";

async function open(test: TestContext) {
  const storage = await temporaryFolder(test);
  const folder = outputFolder(storage, "../session");
  const redactor = new Redactor({ liveSecrets: [{ value: "hunter2hunter2", kind: "credential" }] });
  const outputs = new OutputFiles(folder, () => createStreamRedactor(redactor));
  return { storage, folder, outputs };
}

const line = `${"x".repeat(999)}\n`;

describe("what programs print, on the disk", () => {
  it("is not written where every result holds it", async (test) => {
    const { storage, outputs } = await open(test);
    const file = outputs.open("a");
    file.push(line.repeat(20));
    await file.close();
    assert.equal(await file.note(), "");
    assert.deepEqual(await readdir(storage), []);
  });

  it("is whole, for the user alone, and holds no secret, also one that came in two pieces", async (test) => {
    const { folder, outputs } = await open(test);
    const file = outputs.open("a");
    file.push(line.repeat(30));
    file.push("password: hunter2");
    file.push("hunter2 end\nlast");
    const path = join(folder, "a.txt");
    assert.equal(await file.note(), `(The whole output is in ${path}; read_file reads any lines of it.)`);
    assert.ok(!(await readFile(path, "utf8")).includes("hunter2"), "while it runs");
    await file.close();
    const text = await readFile(path, "utf8");
    assert.ok(text.startsWith(line.repeat(30)) && text.endsWith(" end\nlast"), text.slice(-100));
    assert.ok(!text.includes("hunter2"));
    assert.equal((await stat(path)).mode & 0o777, 0o600);
    assert.equal((await stat(folder)).mode & 0o777, 0o700);
  });

  it("has lines that read_file shows whole", async (test) => {
    const { folder, outputs } = await open(test);
    const file = outputs.open("a");
    for (let count = 0; count < 30; count++) file.push("x".repeat(1_000));
    file.push("\n");
    await file.close();
    assert.equal(await readFile(join(folder, "a.txt"), "utf8"), `${"x".repeat(2_000)}\n`.repeat(15));
  });

  it("ends after ten million characters, and says so", async (test) => {
    const { folder, outputs } = await open(test);
    const file = outputs.open("a");
    for (let count = 0; count < 101; count++) file.push(line.repeat(100));
    await file.close();
    assert.match(await file.note(), /^\(The beginning of the output is in /);
    const text = await readFile(join(folder, "a.txt"), "utf8");
    assert.ok(text.length < 10_000_100);
    assert.ok(text.endsWith("… (more was printed than is kept) …\n"));
  });

  it("goes, the oldest first, where there is too much of all sessions", async (test) => {
    const { storage, outputs } = await open(test);
    const other = outputFolder(storage, "other");
    await mkdir(other, { recursive: true });
    for (const [name, at] of [
      ["old", 1],
      ["new", 2],
    ] as const) {
      const path = join(other, `${name}.txt`);
      await writeFile(path, "");
      await truncate(path, 150_000_000);
      await utimes(path, at, at);
    }
    const file = outputs.open("a");
    file.push(line.repeat(30));
    await file.close();
    assert.deepEqual(await readdir(other), ["new.txt"]);
  });

  it("that cannot be written is told of, and ends nothing", async (test) => {
    const { storage, outputs } = await open(test);
    await writeFile(join(storage, "outputs"), "in the way");
    const file = outputs.open("a");
    file.push(line.repeat(30));
    await file.close();
    assert.match(await file.note(), /^\(The whole output could not be kept: /);
  });
});

describe("a result that is kept", () => {
  it("is in a file of its own beside the outputs, for the user alone", async (test) => {
    const { folder } = await open(test);
    const keep = keepResultsIn(folder);
    const told = [await keep("one\n"), await keep("two\n")];
    const names = (await readdir(folder)).map((name) => join(folder, name));
    assert.deepEqual(
      told.toSorted(),
      names.map((path) => `The whole result is in ${path}; read_file reads any lines of it.`).toSorted(),
    );
    assert.deepEqual((await Promise.all(names.map((path) => readFile(path, "utf8")))).toSorted(), ["one\n", "two\n"]);
    for (const path of names) assert.equal((await stat(path)).mode & 0o777, 0o600);
  });

  it("that cannot be written is told of", async (test) => {
    const { storage, folder } = await open(test);
    await writeFile(join(storage, "outputs"), "in the way");
    assert.match(await keepResultsIn(folder)("text"), /^The whole result could not be kept: E[A-Z]+: /);
  });
});
