import { setTimeout as delay } from "node:timers/promises";
import * as vscode from "vscode";
import { untilAborted } from "../../agent/until-aborted.ts";
import type { LanguageAnswer } from "../../tools/language/language.ts";
import { extensionsFor } from "./language-extensions.ts";

export const START_SECONDS = 20;
const POLL_MS = 300;

/** Which languages answer already: an extension that still starts answers with nothing, or with a part. */
export class LanguageStart {
  readonly #ready = new Set<string>();

  /** Asks about a file's language; while its extension may be starting again and again, until there is an answer. */
  async ask<Found>(
    document: vscode.TextDocument,
    question: () => Thenable<readonly Found[] | undefined>,
    signal: AbortSignal,
  ): Promise<LanguageAnswer<Found>> {
    const language = document.languageId;
    const once = async (limit: AbortSignal) => (await untilAborted(Promise.resolve(question()), limit)) ?? [];
    if (extensionsFor(language).length === 0) {
      // An extension may answer for every language without saying so.
      const found = await once(signal);
      return found.length === 0 ? { kind: "unanswered", language } : { kind: "answered", found };
    }
    const limit = AbortSignal.timeout(START_SECONDS * 1000);
    const either = AbortSignal.any([signal, limit]);
    if (!(await this.start(document, signal, limit))) return { kind: "starting", seconds: START_SECONDS, found: [] };
    try {
      for (;;) {
        const found = await once(this.#ready.has(language) ? signal : either);
        if (found.length > 0) this.#ready.add(language);
        if (this.#ready.has(language)) return { kind: "answered", found };
        await delay(POLL_MS, undefined, { signal: either });
      }
    } catch (error) {
      signal.throwIfAborted();
      if (!limit.aborted) throw error;
      // It has had its time: the next question about this language is asked once.
      this.#ready.add(language);
      return { kind: "starting", seconds: START_SECONDS, found: [] };
    }
  }

  /** Starts what answers for a file's language; false where that took longer than the limit. */
  async start(
    document: vscode.TextDocument,
    signal: AbortSignal,
    limit: AbortSignal = AbortSignal.timeout(START_SECONDS * 1000),
  ): Promise<boolean> {
    if (this.#ready.has(document.languageId)) return true;
    try {
      if (await startsUp(document, AbortSignal.any([signal, limit]))) this.#ready.add(document.languageId);
      return true;
    } catch (error) {
      signal.throwIfAborted();
      if (!limit.aborted) throw error;
      return false;
    }
  }
}

/**
 * Starts the extensions of a language; true where one has shown that it knows the project. TypeScript's answers for single
 * files before it has read the project, and lets only requests such as the one for semantic tokens wait for it.
 */
async function startsUp(document: vscode.TextDocument, signal: AbortSignal): Promise<boolean> {
  const extensions = extensionsFor(document.languageId);
  // One that fails to start does not keep the others from answering.
  await untilAborted(Promise.allSettled(extensions.map((extension) => extension.activate())), signal);
  const tokens = vscode.commands.executeCommand<vscode.SemanticTokens | undefined>(
    "vscode.provideDocumentSemanticTokens",
    document.uri,
  );
  const known = await untilAborted(
    Promise.resolve(tokens).catch(() => undefined),
    signal,
  );
  return known !== undefined && known !== null;
}
