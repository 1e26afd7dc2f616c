import { extname } from "node:path";
import * as vscode from "vscode";
import { ToolError } from "../../agent/tool.ts";
import { untilAborted } from "../../agent/until-aborted.ts";
import {
  type CodePlace,
  type CodeSymbol,
  type Language,
  type LanguageAnswer,
  mapAnswer,
  type TextPosition,
} from "../../tools/language/language.ts";
import { extensionsFor, languagesByEnding } from "./language-extensions.ts";
import { LanguageStart, START_SECONDS } from "./language-start.ts";
import { flattenSymbols, toPlace, toSymbol } from "./to-place.ts";

/** Files that are looked at to know the languages of a workspace, and languages that are started for one question. */
const MOST_FILES = 1000;
const MOST_LANGUAGES = 5;

/** The editor's language extensions, by VS Code's own commands. */
export class EditorLanguage implements Language {
  readonly #start = new LanguageStart();

  async readText(path: string, signal: AbortSignal): Promise<string> {
    return (await openDocument(path, signal)).getText();
  }

  async workspaceSymbols(query: string, signal: AbortSignal): Promise<LanguageAnswer<CodeSymbol>> {
    const documents = await sampleDocuments(signal);
    const started = await Promise.all(documents.map((document) => this.#start.start(document, signal)));
    const asked = vscode.commands.executeCommand<readonly vscode.SymbolInformation[] | undefined>(
      "vscode.executeWorkspaceSymbolProvider",
      query,
    );
    const found = ((await untilAborted(Promise.resolve(asked), signal)) ?? []).map((symbol) => toSymbol(symbol, 0));
    if (found.length === 0 && documents.length === 0) return { kind: "unanswered", language: "" };
    return started.every((isReady) => isReady)
      ? { kind: "answered", found }
      : { kind: "starting", seconds: START_SECONDS, found };
  }

  async documentSymbols(path: string, signal: AbortSignal): Promise<LanguageAnswer<CodeSymbol>> {
    const document = await openDocument(path, signal);
    const ask = () =>
      vscode.commands.executeCommand<readonly (vscode.DocumentSymbol | vscode.SymbolInformation)[] | undefined>(
        "vscode.executeDocumentSymbolProvider",
        document.uri,
      );
    return mapAnswer(await this.#start.ask(document, ask, signal), (found) => flattenSymbols(document.uri, found));
  }

  async references(at: TextPosition, signal: AbortSignal): Promise<LanguageAnswer<CodePlace>> {
    return this.#askAt<vscode.Location>("vscode.executeReferenceProvider", at, signal);
  }

  async definitions(at: TextPosition, signal: AbortSignal): Promise<LanguageAnswer<CodePlace>> {
    return this.#askAt<vscode.Location | vscode.LocationLink>("vscode.executeDefinitionProvider", at, signal);
  }

  async #askAt<Found extends vscode.Location | vscode.LocationLink>(
    command: string,
    { path, line, character }: TextPosition,
    signal: AbortSignal,
  ): Promise<LanguageAnswer<CodePlace>> {
    const document = await openDocument(path, signal);
    const position = new vscode.Position(line - 1, character);
    const ask = () => vscode.commands.executeCommand<readonly Found[] | undefined>(command, document.uri, position);
    return mapAnswer(await this.#start.ask(document, ask, signal), (found) => found.map(toPlace));
  }
}

/** Opened without being shown, which also starts the extensions of its language. */
async function openDocument(path: string, signal: AbortSignal): Promise<vscode.TextDocument> {
  const opening = Promise.resolve(vscode.workspace.openTextDocument(vscode.Uri.file(path)));
  return untilAborted(
    opening.catch((error: unknown) => {
      throw new ToolError(
        `${path} cannot be opened as text: ${error instanceof Error ? error.message : String(error)}`,
      );
    }),
    signal,
  );
}

/** A file of each language that an extension answers for, of the workspace's commonest ones: without one open, its server has nothing to search. */
async function sampleDocuments(signal: AbortSignal): Promise<readonly vscode.TextDocument[]> {
  const files = await untilAborted(
    Promise.resolve(vscode.workspace.findFiles("**/*.*", "**/node_modules/**", MOST_FILES)),
    signal,
  );
  const byEnding = languagesByEnding();
  const first = new Map<string, { readonly uri: vscode.Uri; count: number }>();
  for (const uri of files) {
    const language = byEnding.get(extname(uri.path).toLowerCase());
    if (language === undefined) continue;
    const known = first.get(language);
    if (known === undefined) first.set(language, { uri, count: 1 });
    else known.count++;
  }
  const chosen = [...first]
    .filter(([language]) => extensionsFor(language).length > 0)
    .toSorted(([, one], [, other]) => other.count - one.count)
    .slice(0, MOST_LANGUAGES);
  const opened = chosen.map(([, { uri }]) => openDocument(uri.fsPath, signal).catch(() => undefined));
  signal.throwIfAborted();
  return (await Promise.all(opened)).filter((document) => document !== undefined);
}
