import { existsSync } from "node:fs";
import { join } from "node:path";
import { cacheFolder } from "../paths.mjs";

const idleLimitMilliseconds = 15_000;
const reachableLimitMilliseconds = 3000;

/** @typedef {{ readonly kind: "downloaded", readonly executable: string } | { readonly kind: "unavailable", readonly reason: string }} Download */

/**
 * Downloads VS Code through `@vscode/test-electron` into the user's cache, or uses what was downloaded before.
 * A closed network is found out within three seconds.
 * @param {(note: string) => void} [note] gets the progress
 * @returns {Promise<Download>}
 */
export async function downloadCode(note = () => {}) {
  const { downloadAndUnzipVSCode } = await import("@vscode/test-electron");
  const cachePath = join(cacheFolder(), "vscode");
  const unreachable = existsSync(cachePath) ? undefined : await whyUnreachable();
  if (unreachable !== undefined) return { kind: "unavailable", reason: unreachable };
  try {
    const executable = await downloadAndUnzipVSCode({
      version: "stable",
      cachePath,
      timeout: idleLimitMilliseconds,
      reporter: {
        report: (report) => {
          if ("bytesSoFar" in report) note(`${Math.round((100 * report.bytesSoFar) / report.totalBytes)} %`);
        },
        error: (error) => note(String(error)),
      },
    });
    return { kind: "downloaded", executable };
  } catch (error) {
    return { kind: "unavailable", reason: describe(error) };
  }
}

/** @returns {Promise<string | undefined>} why VS Code's download service does not answer; unasked behind a proxy, which `fetch` ignores */
async function whyUnreachable() {
  if (process.env["HTTPS_PROXY"] || process.env["https_proxy"]) return undefined;
  try {
    await fetch("https://update.code.visualstudio.com/api/releases/stable", {
      method: "HEAD",
      signal: AbortSignal.timeout(reachableLimitMilliseconds),
    });
    return undefined;
  } catch (error) {
    return describe(error);
  }
}

/** @param {unknown} error @returns {string} */
function describe(error) {
  if (!(error instanceof Error)) return String(error);
  return error.cause instanceof Error ? error.cause.message : error.message;
}
