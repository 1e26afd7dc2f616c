import { join } from "node:path";
import type { Node, Parser } from "@vscode/tree-sitter-wasm";
import { t } from "../../protocol/localize.ts";
import { importTreeSitter } from "./tree-sitter-runtime.ts";

/** A node of the syntax tree of tree-sitter-bash, copied out of the parser's memory. */
export interface ShellNode {
  readonly type: string;
  /** Named by the grammar, not punctuation. */
  readonly isNamed: boolean;
  /** Offsets into the line, in UTF-16 units. */
  readonly start: number;
  readonly end: number;
  readonly children: readonly ShellNode[];
}

export type ParsedLine =
  | { readonly kind: "parsed"; readonly root: ShellNode; readonly hasError: boolean }
  /** The parser threw, ran out of time or was given too much. */
  | { readonly kind: "unparsed"; readonly reason: string };

export interface ShellParser {
  /** Never throws. */
  parse(line: string): ParsedLine;
}

export interface ShellParserFiles {
  /** Folder with `tree-sitter.wasm` and `tree-sitter-bash.wasm`. */
  readonly wasmFolder: string;
}

/** Longer texts are not parsed, in UTF-16 units. */
const longestText = 65_536;
/** Time for one line, in milliseconds; a line of 4,096 characters takes about one. */
const timeLimitMs = 500;

/** Loads tree-sitter-bash; a file that is missing or broken rejects. */
export async function loadShellParser({ wasmFolder }: ShellParserFiles): Promise<ShellParser> {
  const { Parser, Language } = await importTreeSitter();
  await Parser.init({ locateFile: (file) => join(wasmFolder, file) });
  const parser = new Parser();
  parser.setLanguage(await Language.load(join(wasmFolder, "tree-sitter-bash.wasm")));
  return { parse: (line) => parseLine(parser, line) };
}

function parseLine(parser: Parser, line: string): ParsedLine {
  if (line.length > longestText) return { kind: "unparsed", reason: t("it is too long") };
  const end = performance.now() + timeLimitMs;
  try {
    const tree = parser.parse(line, null, { progressCallback: () => performance.now() > end });
    if (tree === null) {
      parser.reset();
      return { kind: "unparsed", reason: t("it takes too long to read") };
    }
    try {
      return { kind: "parsed", root: copyNode(tree.rootNode), hasError: tree.rootNode.hasError };
    } finally {
      tree.delete();
    }
  } catch (error) {
    return { kind: "unparsed", reason: t("the parser failed ({0})", String(error)) };
  }
}

function copyNode(node: Node): ShellNode {
  const children = node.children.flatMap((child) => (child === null ? [] : [copyNode(child)]));
  return { type: node.type, isNamed: node.isNamed, start: node.startIndex, end: node.endIndex, children };
}
