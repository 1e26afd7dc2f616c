import * as z from "zod";
import type { PreparedCall } from "../../agent/tool.ts";
import { t } from "../../protocol/localize.ts";
import type { FilesGuard } from "../files-guard.ts";
import { expectedPath } from "../open-no-follow.ts";
import { openTextFile, refuseNoFile } from "../open-text-file.ts";
import { resolvePath } from "../resolve-path.ts";
import type { Workspace } from "../workspace.ts";
import { describePlaces } from "./describe-places.ts";
import { type CodePlace, type Language, type LanguageAnswer, mapAnswer, type TextPosition } from "./language.ts";
import { locateSymbol } from "./locate-symbol.ts";
import { createPlaceScreen } from "./screen-places.ts";

/** A language extension that starts may take half of it. */
export const LANGUAGE_TIME_MS = 40_000;

/** How a model names a place in code. */
export const positionInput = z
  .object({
    path: z.string().describe("File in which the symbol is used or defined, relative to the workspace or absolute."),
    line: z.int().min(1).describe("Line with the symbol's name on it, 1-based."),
    symbol: z.string().min(1).describe("The symbol's name as it stands on that line."),
  })
  .strict();

export interface LanguagePorts {
  readonly workspace: Workspace;
  readonly language: Language;
  readonly guard: FilesGuard;
}

export interface PositionQuestion {
  readonly ports: LanguagePorts;
  /** What is looked for: reference, definition. */
  readonly noun: string;
  /** What the user reads of it, of a symbol. */
  readonly words: {
    readonly doing: (symbol: string) => string;
    readonly question: (symbol: string) => string;
    readonly done: (symbol: string) => string;
    readonly count: (count: number) => string;
  };
  readonly hint: string;
  readonly ask: (at: TextPosition, signal: AbortSignal) => Promise<LanguageAnswer<CodePlace>>;
}

/** A call that asks a language extension about the symbol at a place. */
export async function preparePositionCall(
  { path, line, symbol }: z.infer<typeof positionInput>,
  { ports: { workspace, language, guard }, noun, words, hint, ask }: PositionQuestion,
): Promise<PreparedCall> {
  const folders = workspace.folders();
  const file = await resolvePath(path, folders);
  await refuseNoFile(file);
  const canonical = await expectedPath(file.path);
  const where = `${file.shown}, line ${line}`;
  return {
    title: words.doing(symbol),
    effect: "read",
    targets: [{ path: file.path, access: "read", canonical }],
    subject: {
      question: words.question(symbol),
      details: [
        { label: t("Symbol"), value: symbol },
        { label: t("At"), value: t("{0}, line {1}", file.shown, line) },
      ],
    },
    timeoutMs: LANGUAGE_TIME_MS,
    async run({ signal }) {
      await (await openTextFile(file, canonical)).close();
      const text = await language.readText(file.path, signal);
      const sought = { shown: file.shown, text, masked: guard.mask(text, canonical) };
      const character = locateSymbol(sought, { symbol, line });
      const answer = await ask({ path: file.path, line, character }, signal);
      const labelled = mapAnswer(answer, (found) => found.toSorted(byPlace).map((place) => ({ place, label: "" })));
      return describePlaces(labelled, {
        ...{ shown: file.shown, noun, count: words.count, folders, hint },
        title: words.done(symbol),
        subject: `of ${symbol} (${where})`,
        screen: createPlaceScreen({ workspace, guard, approved: file.path }),
      });
    },
  };
}

function byPlace(one: CodePlace, other: CodePlace): number {
  if (one.path !== other.path) return one.path < other.path ? -1 : 1;
  return one.line - other.line || one.start - other.start;
}
