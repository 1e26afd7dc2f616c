import { Worker } from "node:worker_threads";
import { ToolError } from "../agent/tool.ts";

export interface MatchedLine {
  /** 1-based. */
  readonly line: number;
  readonly text: string;
  /** Where the first match lies in the text, in characters. */
  readonly start: number;
  readonly end: number;
}

/**
 * Runs in a thread of its own, because a JavaScript regular expression can take for ever and nothing but ending its thread stops it.
 * As text, because a bundle has no second file to start a thread from.
 */
const THREAD = `
const { parentPort, workerData } = require("node:worker_threads");
const expression = new RegExp(workerData.source, workerData.flags);
parentPort.on("message", ({ text, limit }) => {
  const found = [];
  for (let from = 0, line = 1; from < text.length && found.length < limit; line++) {
    const newline = text.indexOf("\\n", from);
    const next = newline === -1 ? text.length : newline;
    const content = text.slice(from, text[next - 1] === "\\r" ? next - 1 : next);
    const match = expression.exec(content);
    if (match !== null) {
      found.push({ line, text: content, start: match.index, end: match.index + match[0].length });
    }
    from = next + 1;
  }
  parentPort.postMessage(found);
});
`;

/** Matches lines of text with a regular expression, away from the calling thread. Close it to end the thread, even in the middle of a match. */
export class LineMatcher {
  readonly #thread: Worker;

  /** Throws a `ToolError` for a pattern that JavaScript does not take. */
  constructor(pattern: string, regex: boolean, caseSensitive: boolean) {
    const source = regex ? pattern : pattern.replace(/[\\^$.*+?()[\]{}|/]/g, "\\$&");
    const flags = caseSensitive ? "u" : "iu";
    try {
      new RegExp(source, flags);
    } catch (error) {
      throw new ToolError(error instanceof Error ? error.message : String(error));
    }
    this.#thread = new Worker(THREAD, { eval: true, env: {}, workerData: { source, flags } });
    // A failed thread rejects the match that waits for it; with none waiting there is nothing to lose.
    this.#thread.on("error", () => undefined);
  }

  /** Up to `limit` lines that match; undefined where the thread was ended before it answered. */
  match(text: string, limit: number): Promise<readonly MatchedLine[] | undefined> {
    return new Promise((resolve, reject) => {
      const settle = () => {
        this.#thread.off("message", onMessage).off("error", onError).off("exit", onExit);
      };
      const onMessage = (found: readonly MatchedLine[]) => {
        settle();
        resolve(found);
      };
      const onError = (error: Error) => {
        settle();
        reject(error);
      };
      const onExit = () => {
        settle();
        resolve(undefined);
      };
      this.#thread.on("message", onMessage).on("error", onError).on("exit", onExit);
      this.#thread.postMessage({ text, limit });
    });
  }

  async close(): Promise<void> {
    await this.#thread.terminate();
  }
}
