import { copyFileSync, existsSync } from "node:fs";
import { join } from "node:path";
import { repositoryRoot } from "../paths.mjs";

/**
 * Copies what a screen reader said in the latest end-to-end run into the documents.
 * @returns {boolean} whether there was one
 */
export function keepScreenReaderLog() {
  const log = join(repositoryRoot, "out", "screen-reader-log.md");
  if (!existsSync(log)) return false;
  copyFileSync(log, join(repositoryRoot, "docs", "screen-reader-log.md"));
  return true;
}
