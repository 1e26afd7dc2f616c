import { readFile } from "node:fs/promises";
import { untilAborted } from "../../src/agent/until-aborted.ts";
import type {
  CodePlace,
  CodeSymbol,
  Language,
  LanguageAnswer,
  TextPosition,
} from "../../src/tools/language/language.ts";

export interface FakeAnswers {
  readonly symbols?: LanguageAnswer<CodeSymbol> | "never";
  readonly places?: LanguageAnswer<CodePlace> | "never";
  /** What editors have unsaved, by absolute path. */
  readonly unsaved?: ReadonlyMap<string, string>;
}

/** Answers that are written down beforehand; what was asked about is kept. */
export class FakeLanguage implements Language {
  readonly asked: (string | TextPosition)[] = [];
  readonly #answers: FakeAnswers;

  constructor(answers: FakeAnswers) {
    this.#answers = answers;
  }

  async readText(path: string): Promise<string> {
    return this.#answers.unsaved?.get(path) ?? readFile(path, "utf8");
  }

  workspaceSymbols(query: string, signal: AbortSignal) {
    return this.#answer(query, this.#answers.symbols, signal);
  }

  documentSymbols(path: string, signal: AbortSignal) {
    return this.#answer(path, this.#answers.symbols, signal);
  }

  references(at: TextPosition, signal: AbortSignal) {
    return this.#answer(at, this.#answers.places, signal);
  }

  definitions(at: TextPosition, signal: AbortSignal) {
    return this.#answer(at, this.#answers.places, signal);
  }

  async #answer<Found>(
    asked: string | TextPosition,
    answer: LanguageAnswer<Found> | "never" = { kind: "unanswered", language: "fake" },
    signal: AbortSignal,
  ): Promise<LanguageAnswer<Found>> {
    this.asked.push(asked);
    return answer === "never" ? untilAborted(new Promise<never>(() => undefined), signal) : answer;
  }
}

/** A place on one line of a file on disk. */
export function placeIn(path: string, line: number, changes: Partial<CodePlace> = {}): CodePlace {
  return { path, isOnDisk: true, line, endLine: line, start: 0, ...changes };
}

export function answered<Found>(...found: readonly Found[]): LanguageAnswer<Found> {
  return { kind: "answered", found };
}
