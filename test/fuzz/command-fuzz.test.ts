import assert from "node:assert/strict";
import { it } from "node:test";
import { fuzzCommands } from "./command-fuzz.ts";

/** `node test/fuzz/run-command-fuzz.ts` plays 300,000, with a seed of the day. */
it("E02 no generated command line that the policy allows changes the folder, and bash reads the same words", async (test) => {
  const found = await fuzzCommands({ seed: 20_261_121, lines: 5_000, batch: 400 });
  const { changed, misread, unfinished, ...counts } = found;
  test.diagnostic(`E02 ${JSON.stringify({ ...counts, changed: changed.length })}`);
  assert.deepEqual({ changed, misread, unfinished }, { changed: [], misread: [], unfinished: [] });
  assert.ok(counts.distinct > 300, "too few lines were allowed for this to show anything");
});
