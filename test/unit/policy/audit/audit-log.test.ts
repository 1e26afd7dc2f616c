import assert from "node:assert/strict";
import { readdir, readFile, rm, stat, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { describe, it } from "node:test";
import { AuditUnavailable } from "../../../../src/policy/audit/audit-log.ts";
import { firstHash, hashLine } from "../../../../src/policy/audit/audit-record.ts";
import { verifyAudit } from "../../../../src/policy/audit/verify-audit.ts";
import { Redactor } from "../../../../src/policy/redaction/redactor.ts";
import { temporaryFolder } from "../../../support/temporary-folder.ts";
import { accessKeyId } from "../redaction/secret-examples.ts";
import { decision, logFiles, openLog } from "./audit-scene.ts";

async function linesOf(folder: string): Promise<readonly string[]> {
  const texts = await Promise.all((await logFiles(folder)).map((name) => readFile(join(folder, name), "utf8")));
  return texts.join("").trimEnd().split("\n");
}

describe("AuditLog", () => {
  it("writes each entry as a line with its place, its time and the hash of the line before", async (test) => {
    const { log, folder } = await openLog(test);
    await log.append(decision);
    await log.append({
      event: "outcome",
      session: "s1",
      turn: "t1",
      call: "tooluse_1",
      tool: "read_file",
      exit: "succeeded",
      bytes: 12,
    });
    await log.append({ event: "cost", session: "s1", turn: "t1", cost: 0.01 });
    const lines = await linesOf(folder);
    const time = "2026-11-21T10:00:00.000Z";
    assert.deepEqual(
      lines.map((line) => JSON.parse(line)),
      [
        { seq: 1, time, prevHash: firstHash, ...decision },
        {
          seq: 2,
          time,
          prevHash: hashLine(lines[0] ?? ""),
          event: "outcome",
          session: "s1",
          turn: "t1",
          call: "tooluse_1",
          tool: "read_file",
          exit: "succeeded",
          bytes: 12,
        },
        { seq: 3, time, prevHash: hashLine(lines[1] ?? ""), event: "cost", session: "s1", turn: "t1", cost: 0.01 },
      ],
    );
    assert.deepEqual(await verifyAudit(folder), { chains: 1, records: 3, broken: undefined });
  });

  it("has the entry on the disk when it resolves, and calls at once in their order", async (test) => {
    const { log, folder } = await openLog(test);
    const calls = Array.from({ length: 20 }, (_, index) => log.append({ ...decision, call: `tooluse_${index}` }));
    await calls[4];
    assert.ok((await linesOf(folder)).length >= 5);
    await Promise.all(calls);
    assert.deepEqual(
      (await linesOf(folder)).map((line) => JSON.parse(line).call),
      calls.map((_, index) => `tooluse_${index}`),
    );
  });

  it("masks secrets in targets and labels", async (test) => {
    const { log, folder } = await openLog(test, { redactor: new Redactor() });
    await log.append({ ...decision, targets: [`curl -u ${accessKeyId}`], labels: ["PASSWORD=hunter22"] });
    const record = JSON.parse((await linesOf(folder))[0] ?? "");
    assert.deepEqual(
      [record.targets, record.labels],
      [["curl -u [redacted:aws-access-key#1]"], ["PASSWORD=[redacted:password#1]"]],
    );
  });

  it("is the user's alone", async (test) => {
    const { log, folder } = await openLog(test, { folder: join(await temporaryFolder(test), "audit") });
    await log.append(decision);
    if (process.platform !== "win32") {
      assert.equal((await stat(folder)).mode & 0o777, 0o700);
      for (const name of await readdir(folder)) assert.equal((await stat(join(folder, name))).mode & 0o777, 0o600);
    }
    assert.equal((await readdir(folder)).length, 2);
  });

  it("makes no file before the first entry", async (test) => {
    const { folder } = await openLog(test);
    assert.deepEqual(await readdir(folder), []);
  });

  it("goes on in a new file when one is full, the chain unbroken, and keeps so many bytes", async (test) => {
    const { log, folder } = await openLog(test, { fileBytes: 1_000, files: 3 });
    for (let index = 0; index < 30; index++) await log.append(decision);
    const names = await logFiles(folder);
    const sizes = await Promise.all(names.map(async (name) => (await stat(join(folder, name))).size));
    assert.deepEqual([names.length, sizes.every((size) => size <= 1_000)], [3, true]);
    const verdict = await verifyAudit(folder);
    assert.deepEqual([verdict.chains, verdict.broken], [1, undefined]);
    assert.equal(JSON.parse((await linesOf(folder)).at(-1) ?? "").seq, 30);
  });

  it("writes a chain for each window, and removes the oldest of all", async (test) => {
    const folder = await temporaryFolder(test);
    const first = await openLog(test, { folder, fileBytes: 1_000, files: 2, now: () => new Date(0) });
    const second = await openLog(test, { folder, fileBytes: 1_000, files: 2, now: () => new Date(1_000) });
    for (let index = 0; index < 2; index++)
      await Promise.all([first.log.append(decision), second.log.append(decision)]);
    assert.deepEqual(await verifyAudit(folder), { chains: 2, records: 4, broken: undefined });
    await first.log.close();
    for (let index = 0; index < 10; index++) await second.log.append(decision);
    const verdict = await verifyAudit(folder);
    assert.deepEqual([verdict.chains, verdict.broken], [1, undefined]);
  });

  it("goes on in a new file when the user has removed the one it writes", async (test) => {
    const { log, folder } = await openLog(test);
    await log.append(decision);
    await rm(join(folder, (await logFiles(folder))[0] ?? ""));
    await log.append(decision);
    assert.equal(JSON.parse((await linesOf(folder))[0] ?? "").seq, 2);
  });

  it("throws where it cannot write, again and again, and goes on once it can", async (test) => {
    const parent = await temporaryFolder(test);
    await writeFile(join(parent, "audit"), "");
    const { log, folder } = await openLog(test, { folder: join(parent, "audit") });
    await assert.rejects(log.append(decision), AuditUnavailable);
    await assert.rejects(log.append(decision), /E_AUDIT: the audit log cannot be written, so no tool runs/u);
    await rm(folder);
    assert.equal((await log.append(decision)).seq, 1);
    assert.deepEqual(await verifyAudit(folder), { chains: 1, records: 1, broken: undefined });
  });
});
