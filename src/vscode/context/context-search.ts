import { basename, posix } from "node:path";
import type { ContextItem } from "../../protocol/attachment.ts";
import { t } from "../../protocol/localize.ts";
import type { ToWebview } from "../../protocol/panel-messages.ts";
import type { FileFinder } from "../../tools/context/find-files.ts";
import type { FilesGuard } from "../../tools/files-guard.ts";
import type { CodeSymbol, Language } from "../../tools/language/language.ts";
import { showPath } from "../../tools/resolve-path.ts";
import type { WorkspaceFolder } from "../../tools/workspace.ts";

/** Fewer letters than this name too many symbols. */
const fewestLetters = 2;
const mostSymbols = 20;
const symbolsTimeMs = 5_000;

export interface ContextSearchPorts {
  readonly files: FileFinder;
  readonly language: Language;
  readonly folders: () => readonly WorkspaceFolder[];
}

/** What may be attached, by what was typed: files and folders at once, symbols when the language extensions have answered. */
export class ContextSearch {
  readonly #ports: ContextSearchPorts;
  #asking = new AbortController();

  constructor(ports: ContextSearchPorts) {
    this.#ports = ports;
  }

  /** Answers a query in one or two messages. A later query ends this one. */
  async answer(query: number, text: string, guard: FilesGuard, post: (message: ToWebview) => void): Promise<void> {
    this.#asking.abort();
    const asking = new AbortController();
    this.#asking = asking;
    const files = await this.files(text, guard);
    if (asking.signal.aborted) return;
    const hasSymbols = text.length >= fewestLetters && !text.includes("/");
    post({ type: "context-found", query, items: files, isComplete: !hasSymbols });
    if (!hasSymbols) return;
    const limit = AbortSignal.any([asking.signal, AbortSignal.timeout(symbolsTimeMs)]);
    const symbols = await this.symbols(text, guard, limit).catch((): readonly ContextItem[] => []);
    if (!asking.signal.aborted) post({ type: "context-found", query, items: [...files, ...symbols], isComplete: true });
  }

  async files(text: string, guard: FilesGuard): Promise<readonly ContextItem[]> {
    const found = await this.#ports.files.find(text, guard);
    return found.map(({ kind, path }) => {
      const folder = posix.dirname(path);
      return { reference: { kind, path }, label: posix.basename(path), description: folder === "." ? "" : folder };
    });
  }

  /** Nothing of a file that is withheld. */
  async symbols(text: string, guard: FilesGuard, signal: AbortSignal): Promise<readonly ContextItem[]> {
    const answer = await this.#ports.language.workspaceSymbols(text, signal);
    const found = answer.kind === "unanswered" ? [] : answer.found;
    const told: ContextItem[] = [];
    for (const symbol of found.filter(({ place }) => place.isOnDisk).toSorted(nearestTo(text))) {
      if (told.length === mostSymbols) break;
      if (!(await guard.isWithheld(symbol.place.path))) told.push(toItem(symbol, this.#ports.folders()));
    }
    return told;
  }
}

function toItem({ name, kind, place }: CodeSymbol, folders: readonly WorkspaceFolder[]): ContextItem {
  const { line: startLine, endLine } = place;
  const path = showPath(place.path, folders);
  return {
    reference: { kind: "symbol", name, path, startLine, endLine },
    label: name,
    description: t("{0} in {1}:{2}", kind, basename(path), startLine),
  };
}

function nearestTo(text: string): (one: CodeSymbol, other: CodeSymbol) => number {
  const wanted = text.toLowerCase();
  const rank = ({ name }: CodeSymbol): number => {
    const lower = name.toLowerCase();
    return lower === wanted ? 0 : lower.startsWith(wanted) ? 1 : lower.includes(wanted) ? 2 : 3;
  };
  return (one, other) => rank(one) - rank(other) || one.name.length - other.name.length;
}
