import assert from "node:assert/strict";
import { it } from "node:test";
import { openCut, writtenJournal } from "../../support/cut-journal.ts";
import { seededRandoms } from "../../support/seeded-randoms.ts";

/** `npm run fuzz` cuts at many more places, with a seed of the day. */
const seed = 20_261_130;

it("a journal that is cut at any of 200 random bytes opens, with at most what was being written lost", async (test) => {
  const bytes = await writtenJournal();
  test.diagnostic(`seed ${seed}, ${bytes.length} bytes`);
  const random = seededRandoms(seed);
  for (let count = 0; count < 200; count++) {
    const position = Math.floor(random() * (bytes.length + 1));
    await openCut(bytes, position).catch((error: unknown) => {
      throw new Error(`seed ${seed}, cut number ${count} at byte ${position}`, { cause: error });
    });
  }
  assert.ok(bytes.length > 2_000);
});
