/** A place in code, as a language extension names it. */
export interface CodePlace {
  /** Absolute; a URI where the place is in no file on disk. */
  readonly path: string;
  readonly isOnDisk: boolean;
  /** 1-based. */
  readonly line: number;
  /** 1-based: the last line of what is defined there; `line` where that is not known. */
  readonly endLine: number;
  /** Where in the line it begins, in characters. */
  readonly start: number;
}

export interface CodeSymbol {
  readonly name: string;
  /** VS Code's `SymbolKind` in lower case: function, enum member. */
  readonly kind: string;
  /** What it is in, as the extension says; "" where it does not. */
  readonly container: string;
  /** How deep it is nested in the file's outline; 0 = at its top. */
  readonly depth: number;
  readonly place: CodePlace;
}

export type LanguageAnswer<Found> =
  | { readonly kind: "answered"; readonly found: readonly Found[] }
  /** No extension answers for the language; `language` is its id, or "" for all that the workspace holds. */
  | { readonly kind: "unanswered"; readonly language: string }
  /** An extension was still starting after these seconds: there may be more. */
  | { readonly kind: "starting"; readonly seconds: number; readonly found: readonly Found[] };

export interface TextPosition {
  /** Absolute path of a file. */
  readonly path: string;
  /** 1-based. */
  readonly line: number;
  /** Characters before it in its line. */
  readonly character: number;
}

/** What the editor's language extensions know of code. Every method rejects with the signal's reason when it is aborted. */
export interface Language {
  /** The text that positions are about: what the editor has unsaved, else the file. Throws a `ToolError` for what is no text. */
  readText(path: string, signal: AbortSignal): Promise<string>;
  /** Symbols of the whole workspace whose names resemble the query. */
  workspaceSymbols(query: string, signal: AbortSignal): Promise<LanguageAnswer<CodeSymbol>>;
  /** The outline of one file, in its order. */
  documentSymbols(path: string, signal: AbortSignal): Promise<LanguageAnswer<CodeSymbol>>;
  references(at: TextPosition, signal: AbortSignal): Promise<LanguageAnswer<CodePlace>>;
  definitions(at: TextPosition, signal: AbortSignal): Promise<LanguageAnswer<CodePlace>>;
}

export function mapAnswer<From, To>(
  answer: LanguageAnswer<From>,
  map: (found: readonly From[]) => readonly To[],
): LanguageAnswer<To> {
  return answer.kind === "unanswered" ? answer : { ...answer, found: map(answer.found) };
}
