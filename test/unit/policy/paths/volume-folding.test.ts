import assert from "node:assert/strict";
import { link, mkdir, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { it } from "node:test";
import { createVolumeProbe } from "../../../../src/policy/paths/volume-folding.ts";
import { temporaryFolder } from "../../../support/temporary-folder.ts";

it("A volume folds names where another letter case is the same file, which is tried on what exists", async (test) => {
  const folder = await temporaryFolder(test);
  for (const name of ["exact", "folded", "123"]) await mkdir(join(folder, name));
  await writeFile(join(folder, "exact/a"), "");
  await writeFile(join(folder, "exact/A"), "");
  // Two names of one file stand for a volume that folds them.
  await writeFile(join(folder, "folded/b"), "");
  await link(join(folder, "folded/b"), join(folder, "folded/B"));
  const foldsNames = createVolumeProbe();
  assert.equal(await foldsNames(join(folder, "exact")), false);
  assert.equal(await foldsNames(join(folder, "folded")), true);
  assert.equal(await foldsNames(join(folder, "123")), false);
  assert.equal(await foldsNames(join(folder, "absent")), false);
});
