import * as vscode from "vscode";
import type { CodePlace, CodeSymbol } from "../../tools/language/language.ts";

/** A location of either form, where the name stands, with the extent of what is defined where that is told. */
export function toPlace(found: vscode.Location | vscode.LocationLink): CodePlace {
  if ("uri" in found) return placeOf(found.uri, found.range, found.range);
  return placeOf(found.targetUri, found.targetSelectionRange ?? found.targetRange, found.targetRange);
}

export function toSymbol({ name, kind, containerName, location }: vscode.SymbolInformation, depth: number): CodeSymbol {
  const place = placeOf(location.uri, location.range, location.range);
  return { name, kind: kindName(kind), container: containerName, depth, place };
}

/** An outline in the order of the file, each symbol before what is in it. */
export function flattenSymbols(
  uri: vscode.Uri,
  symbols: readonly (vscode.DocumentSymbol | vscode.SymbolInformation)[],
  depth = 0,
): readonly CodeSymbol[] {
  return symbols.toSorted(byStart).flatMap((symbol) => {
    if (!("children" in symbol)) return [toSymbol(symbol, depth)];
    const { name, kind, selectionRange, range, children } = symbol;
    const place = placeOf(uri, selectionRange, range);
    return [{ name, kind: kindName(kind), container: "", depth, place }, ...flattenSymbols(uri, children, depth + 1)];
  });
}

function byStart(one: vscode.DocumentSymbol | vscode.SymbolInformation, other: typeof one): number {
  return startOf(one).compareTo(startOf(other));
}

function startOf(symbol: vscode.DocumentSymbol | vscode.SymbolInformation): vscode.Position {
  return "children" in symbol ? symbol.range.start : symbol.location.range.start;
}

function placeOf(uri: vscode.Uri, name: vscode.Range, extent: vscode.Range): CodePlace {
  const isOnDisk = uri.scheme === "file";
  return {
    path: isOnDisk ? uri.fsPath : uri.toString(),
    isOnDisk,
    line: name.start.line + 1,
    endLine: Math.max(name.start.line, extent.end.line) + 1,
    start: name.start.character,
  };
}

function kindName(kind: vscode.SymbolKind): string {
  return (vscode.SymbolKind[kind] ?? "symbol").replace(/(?<=[a-z])(?=[A-Z])/gu, " ").toLowerCase();
}
