import assert from "node:assert/strict";
import { readdir, readFile, rename, rm, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { describe, it, type TestContext } from "node:test";
import { verifyAudit } from "../../src/policy/audit/verify-audit.ts";
import { decision, logFiles, openLog } from "../unit/policy/audit/audit-scene.ts";

/** A log of six records in two files, intact. */
async function writtenLog(test: TestContext): Promise<{ readonly folder: string; readonly files: readonly string[] }> {
  const { log, folder } = await openLog(test, { fileBytes: 1_100 });
  for (let index = 1; index <= 6; index++) await log.append({ ...decision, call: `tooluse_${index}` });
  await log.close();
  const files = await logFiles(folder);
  assert.equal(files.length, 2);
  assert.deepEqual(await verifyAudit(folder), { chains: 1, records: 6, broken: undefined });
  return { folder, files };
}

async function editLines(path: string, edit: (lines: string[]) => readonly string[]): Promise<void> {
  const lines = (await readFile(path, "utf8")).trimEnd().split("\n");
  await writeFile(
    path,
    edit(lines)
      .map((line) => `${line}\n`)
      .join(""),
  );
}

const edited = "the line before it, or this one, is not as it was written";

describe("the audit log edited by hand", () => {
  it("Q05 an edited line is reported at the line after it", async (test) => {
    const { folder, files } = await writtenLog(test);
    const file = files[0] ?? "";
    await editLines(join(folder, file), ([first = "", ...rest]) => [first.replace('"allow"', '"deny"'), ...rest]);
    assert.deepEqual(await verifyAudit(folder), { chains: 1, records: 1, broken: { file, line: 2, reason: edited } });
  });

  it("Q05 an edited last line of a file is reported in the next file", async (test) => {
    const { folder, files } = await writtenLog(test);
    await editLines(join(folder, files[0] ?? ""), (lines) => [
      ...lines.slice(0, -1),
      (lines.at(-1) ?? "").replace("read_file", "read_life"),
    ]);
    assert.deepEqual((await verifyAudit(folder)).broken, { file: files[1], line: 1, reason: edited });
  });

  it("Q05 an edited last line of the log is reported", async (test) => {
    const { folder, files } = await writtenLog(test);
    const file = files[1] ?? "";
    await editLines(join(folder, file), (lines) => lines.map((line) => line.replace("tooluse_6", "tooluse_7")));
    assert.deepEqual((await verifyAudit(folder)).broken, {
      file,
      line: 4,
      reason: "the last line is not as it was written",
    });
  });

  it("Q05 a removed line is reported", async (test) => {
    const { folder, files } = await writtenLog(test);
    const file = files[0] ?? "";
    await editLines(join(folder, file), (lines) => lines.toSpliced(1, 1));
    assert.deepEqual((await verifyAudit(folder)).broken, {
      file,
      line: 2,
      reason: "record 2 is expected here, not 3: lines were removed, added or moved",
    });
  });

  it("Q05 the first line removed, and numbers put right, is reported", async (test) => {
    const { folder, files } = await writtenLog(test);
    await editLines(join(folder, files[0] ?? ""), (lines) =>
      lines.slice(1).map((line, index) => line.replace(`"seq":${index + 2}`, `"seq":${index + 1}`)),
    );
    assert.deepEqual((await verifyAudit(folder)).broken, { file: files[0], line: 1, reason: edited });
  });

  it("Q05 lines in another order are reported", async (test) => {
    const { folder, files } = await writtenLog(test);
    const file = files[0] ?? "";
    await editLines(join(folder, file), ([first = "", second = "", ...rest]) => [second, first, ...rest]);
    assert.deepEqual((await verifyAudit(folder)).broken, {
      file,
      line: 1,
      reason: "record 1 is expected here, not 2: lines were removed, added or moved",
    });
  });

  it("Q05 a cut-off end is reported: a line, half a line, a whole file, all files", async (test) => {
    const { folder, files } = await writtenLog(test);
    const [first = "", last = ""] = files;
    const text = await readFile(join(folder, last), "utf8");
    await writeFile(join(folder, last), text.slice(0, -10));
    assert.deepEqual((await verifyAudit(folder)).broken, { file: last, line: 3, reason: "the line has no end" });
    await editLines(join(folder, last), (lines) => lines.slice(0, -1));
    assert.deepEqual((await verifyAudit(folder)).broken, {
      file: last,
      line: 3,
      reason: "records 6 to 6 are missing at the end",
    });
    await rm(join(folder, last));
    assert.equal((await verifyAudit(folder)).broken?.reason, "records 4 to 6 are missing at the end");
    await rm(join(folder, first));
    assert.equal((await verifyAudit(folder)).broken?.reason, "records 1 to 6 are missing at the end");
  });

  it("Q05 an added line, a foreign line and a missing head are reported", async (test) => {
    const { folder, files } = await writtenLog(test);
    const file = files[1] ?? "";
    const path = join(folder, file);
    const intact = await readFile(path, "utf8");
    await writeFile(path, `${intact}{"seq":7}\n`);
    assert.deepEqual((await verifyAudit(folder)).broken, { file, line: 4, reason: "the line is no record" });
    await writeFile(path, `${intact}${intact}`);
    assert.equal((await verifyAudit(folder)).broken?.line, 4);
    await writeFile(path, intact);
    const head = (await readdir(folder)).find((name) => name.endsWith(".head.json")) ?? "";
    await rename(join(folder, head), join(folder, "elsewhere"));
    assert.equal((await verifyAudit(folder)).broken?.reason, "the head that names the last line is missing");
  });

  it("Q05 a missing file between two others is reported", async (test) => {
    const { log, folder } = await openLog(test, { fileBytes: 500 });
    for (let index = 0; index < 4; index++) await log.append(decision);
    await log.close();
    const [first = "", second = ""] = await logFiles(folder);
    await rm(join(folder, second));
    assert.deepEqual((await verifyAudit(folder)).broken, {
      file: first,
      line: 2,
      reason: "the file after this one is missing",
    });
  });

  it("Q05 a process killed between a line and the head leaves a log that holds", async (test) => {
    const { log, folder } = await openLog(test);
    await log.append(decision);
    const head = join(folder, (await readdir(folder)).find((name) => name.endsWith(".head.json")) ?? "");
    const before = await readFile(head, "utf8");
    await log.append(decision);
    await writeFile(head, before);
    assert.deepEqual(await verifyAudit(folder), { chains: 1, records: 2, broken: undefined });
  });
});
