import { decodeWord } from "./decode-word.ts";
import type { ShellNode } from "./shell-parser.ts";
import type { CommandWord, Redirection, SimpleCommand } from "./simple-command.ts";

/** Nodes that are a command with their words as children. */
const commandTypes = new Set(["command", "declaration_command", "unset_command", "test_command"]);
/** Nodes that the commands of a plain line are in. */
const plainTypes = new Set(["program", "list", "pipeline", "redirected_statement"]);
const redirectTypes = new Set(["file_redirect", "herestring_redirect"]);

/**
 * Every simple command of a line in the order of the text, those inside substitutions, groups and functions included,
 * as far as the parser made sense of it.
 */
export function commandsOfTree(root: ShellNode, line: string): readonly SimpleCommand[] {
  const found: SimpleCommand[] = [];
  visit(root, { line, found, isNested: false, isPipedInto: false, redirects: [] });
  return found.toSorted((one, other) => one.start - other.start);
}

interface Visit {
  readonly line: string;
  readonly found: SimpleCommand[];
  readonly isNested: boolean;
  readonly isPipedInto: boolean;
  /** Redirections of a statement around. */
  readonly redirects: readonly Redirection[];
}

function visit(node: ShellNode, at: Visit): void {
  if (commandTypes.has(node.type)) visitCommand(node, at);
  else if (node.type === "redirected_statement") visitRedirected(node, at);
  else {
    const isNested = at.isNested || (node.isNamed && !plainTypes.has(node.type));
    let isPipedInto = node.type === "pipeline" ? false : at.isPipedInto;
    for (const child of node.children) {
      visit(child, { ...at, isNested, isPipedInto });
      if (node.type === "pipeline" && !child.isNamed) isPipedInto = true;
    }
  }
}

function visitCommand(node: ShellNode, at: Visit): void {
  const { line, found, isNested, isPipedInto } = at;
  const words: CommandWord[] = [];
  const redirections: Redirection[] = [...at.redirects];
  for (const child of node.children) {
    if (redirectTypes.has(child.type)) redirections.push(...redirectionsOf(child, line));
    else if (child.type !== "variable_assignment" || node.type !== "command") {
      words.push({ text: decodeWord(child, line), position: child.start });
    }
    visitInside(child, at);
  }
  found.push({ words, redirections, isNested, isPipedInto, start: node.start, end: node.end });
}

/** Commands in substitutions that words, assignments and redirections hold. */
function visitInside(node: ShellNode, at: Visit): void {
  for (const child of node.children) visit(child, { ...at, isNested: true, isPipedInto: false, redirects: [] });
}

function visitRedirected(node: ShellNode, at: Visit): void {
  const own = node.children.filter(({ type }) => redirectTypes.has(type));
  const redirects = [...at.redirects, ...own.flatMap((child) => redirectionsOf(child, at.line))];
  for (const child of node.children) {
    if (own.includes(child)) visitInside(child, at);
    else visit(child, { ...at, redirects });
  }
  const hasBody = node.children.some((child) => child.isNamed && !own.includes(child));
  if (!hasBody) {
    const { found, isNested, isPipedInto } = at;
    found.push({ words: [], redirections: redirects, isNested, isPipedInto, start: node.start, end: node.end });
  }
}

/** The parser takes words after the target for more targets; they are listed as such. */
function redirectionsOf(node: ShellNode, line: string): readonly Redirection[] {
  const sign = node.children.find(({ isNamed }) => !isNamed);
  const operator = sign === undefined ? "" : line.slice(sign.start, sign.end);
  return node.children
    .filter((child) => child.isNamed && child.type !== "file_descriptor")
    .map((child) => ({ operator, target: { text: decodeWord(child, line), position: child.start } }));
}
