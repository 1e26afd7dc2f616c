import assert from "node:assert/strict";
import { mkdirSync } from "node:fs";
import { mkdtemp, readFile, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { after, before, describe, it } from "node:test";
import { seededRandoms } from "../../support/seeded-randoms.ts";
import { judgeKept, judgeOpening, recordsOf } from "./judge-kill.ts";
import { journalIn, writeSession } from "./written-session.ts";

/** `npm run kills` does 200. */
const kills = Number(process.env["OUTCROP_JOURNAL_KILLS"] ?? 40);
const seed = Number(process.env["OUTCROP_JOURNAL_SEED"] ?? 20_261_130);
/** Every so often the process that goes on is killed as well. */
const twiceEvery = 4;

describe(`a process that is killed in the middle of a write of its journal, seed ${seed}`, { concurrency: 2 }, () => {
  let scratch: string;
  let bytesInAll = 0;
  const random = seededRandoms(seed);

  before(async () => {
    scratch = await mkdtemp(join(tmpdir(), "outcrop-journal-kill-"));
    const folder = newFolder("whole");
    const whole = await writeSession(folder, "");
    const bytes = await journalBytes(folder);
    assert.deepEqual([whole.code, whole.signal], [0, null]);
    judgeKept(recordsOf(bytes), whole.acknowledged);
    bytesInAll = bytes.length;
    assert.ok(bytesInAll > 2_000);
  });
  after(() => rm(scratch, { recursive: true, force: true }));

  for (let kill = 1; kill <= kills; kill++) {
    // Times and costs make no journal the same; the last bytes may not be reached.
    const [first, second] = [random(), random()];
    it(`leaves a session that opens with all that was acknowledged, and goes on: ${kill} of ${kills}`, async () => {
      const at = (share: number) => 1 + Math.floor(share * (bytesInAll - 64));
      const folder = newFolder(String(kill));
      let left = await killOnce(folder, "", at(first));
      if (kill % twiceEvery === 0) left = await killOnce(folder, "x", at(second), left);
      await judgeOpening(folder, left);
    });
  }

  function newFolder(name: string): string {
    const folder = join(scratch, name);
    mkdirSync(folder);
    return folder;
  }
});

/** Kills the process at this byte of what it writes. @returns what it left of the journal */
async function killOnce(folder: string, life: string, at: number, left: Buffer = Buffer.alloc(0)): Promise<Buffer> {
  const whole = left.subarray(0, left.lastIndexOf("\n") + 1);
  const { signal, acknowledged } = await writeSession(folder, life, at);
  assert.equal(signal, "SIGKILL");
  const bytes = await journalBytes(folder);
  assert.ok(bytes.subarray(0, whole.length).equals(whole), "what was there before is another");
  assert.equal(bytes.length, whole.length + at);
  judgeKept(recordsOf(bytes.subarray(whole.length)), acknowledged);
  return bytes;
}

async function journalBytes(folder: string): Promise<Buffer> {
  return readFile(journalIn(folder) ?? assert.fail("no journal was written"));
}
