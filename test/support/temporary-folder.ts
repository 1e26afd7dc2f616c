import { mkdtemp, realpath, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { TestContext } from "node:test";

/** An empty folder, by its real path, that goes with the test. */
export async function temporaryFolder(test: TestContext): Promise<string> {
  const folder = await realpath(await mkdtemp(join(tmpdir(), "outcrop-test-")));
  test.after(() => rm(folder, { recursive: true, force: true }));
  return folder;
}
