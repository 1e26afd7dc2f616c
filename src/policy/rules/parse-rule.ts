import { hasTable } from "../commands/has-table.ts";
import { findHiddenCharacter } from "../commands/hidden-characters.ts";
import type { Rule, RuleEffect, RuleSpec } from "./rule.ts";
import { RuleScanner, RuleSyntaxError } from "./rule-scanner.ts";

export type ParsedRule =
  | { readonly kind: "rule"; readonly rule: Rule }
  /** What is wrong, with its offset into the text (UTF-16 units). */
  | { readonly kind: "error"; readonly message: string; readonly position: number };

const fileTools: ReadonlySet<string> = new Set([
  ...["list_files", "read_file", "search_files", "write_file", "edit_file", "move_file", "delete_file"],
  ...["find_symbols", "find_references", "get_definition", "get_diagnostics", "get_changes"],
]);

/**
 * Reads a rule:
 * `allow|ask|deny` tool`(`spec`)` [`until` YYYY-MM-DD], where spec is `exact "line"` [`script=sha256:…`] or `prefix "words *"`
 * for run_command, `"label" def=sha256:…` for run_task, `glob "pattern"` for files, `request "METHOD address"` for HTTP tools,
 * `def=sha256:…` for tools of other extensions and MCP servers. Inside quotes `\"` is a quote and `\\` a
 * backslash. A rule that asks or denies may leave out `exact` and `prefix`.
 */
export function parseRule(text: string): ParsedRule {
  try {
    return { kind: "rule", rule: readRule(new RuleScanner(text)) };
  } catch (error) {
    if (error instanceof RuleSyntaxError) return { kind: "error", message: error.message, position: error.position };
    throw error;
  }
}

function readRule(scanner: RuleScanner): Rule {
  const effect = readEffect(scanner);
  scanner.expect(" ", "one space");
  const toolAt = scanner.position;
  const tool = scanner.take(/[a-zA-Z][a-zA-Z0-9_]*/y, "the name of a tool");
  scanner.expect("(", "(");
  const spec = readSpec(scanner, tool, effect, toolAt);
  scanner.expect(")", ")");
  if (scanner.isAtEnd) return { effect, tool, spec };
  scanner.expect(" until ", '" until " and a date, or the end');
  const until = readDate(scanner);
  if (!scanner.isAtEnd) throw scanner.error("the rule ends after the date");
  return { effect, tool, spec, until };
}

function readEffect(scanner: RuleScanner): RuleEffect {
  for (const effect of ["allow", "ask", "deny"] as const) if (scanner.skip(effect)) return effect;
  throw scanner.error("a rule begins with allow, ask or deny");
}

function readSpec(scanner: RuleScanner, tool: string, effect: RuleEffect, toolAt: number): RuleSpec {
  if (tool === "run_command") return readCommand(scanner, effect);
  if (tool === "run_task") return readTask(scanner);
  if (fileTools.has(tool)) {
    scanner.expect("glob ", "glob and a pattern in quotes");
    return readGlob(scanner);
  }
  if (scanner.skip("request ")) return readRequest(scanner);
  if (scanner.skip("def=")) return { kind: "foreign", definition: scanner.digest() };
  throw new RuleSyntaxError(`there are no rules for the tool ${tool}`, toolAt);
}

function readCommand(scanner: RuleScanner, effect: RuleEffect): RuleSpec {
  if (scanner.skip("exact ")) return readExact(scanner);
  if (scanner.skip("prefix ")) return readPrefix(scanner, effect);
  if (effect === "allow" || !scanner.isAt('"')) throw scanner.error("expected exact or prefix and a text in quotes");
  const start = scanner.position;
  const isPrefix = scanner.quoted().endsWith(" *");
  scanner.position = start;
  return isPrefix ? readPrefix(scanner, effect) : readExact(scanner);
}

function readExact(scanner: RuleScanner): RuleSpec {
  const start = scanner.position;
  const text = scanner.quoted();
  if (text.trim() === "") throw new RuleSyntaxError("the command line is empty", start);
  const script = scanner.skip(" script=") ? scanner.digest() : undefined;
  return script === undefined ? { kind: "exact", text } : { kind: "exact", text, script };
}

function readPrefix(scanner: RuleScanner, effect: RuleEffect): RuleSpec {
  const start = scanner.position;
  const text = scanner.quoted();
  if (!text.endsWith(" *")) throw new RuleSyntaxError('a prefix ends with " *"', start);
  const words = text.slice(0, -2).split(" ");
  const wrong = words.find((word) => !/^[^\s"'\\$`;&|<>(){}*?!#]+$/.test(word));
  if (wrong !== undefined)
    throw new RuleSyntaxError(`a prefix has plain words with one space between, not ${JSON.stringify(wrong)}`, start);
  if (effect === "allow" && !hasTable(words)) {
    throw new RuleSyntaxError(
      `there is no list of safe words for ${words.slice(0, 2).join(" ")}: only exact rules can allow it`,
      start,
    );
  }
  return { kind: "prefix", words };
}

function readTask(scanner: RuleScanner): RuleSpec {
  const start = scanner.position;
  const label = scanner.quoted();
  if (label === "" || findHiddenCharacter(label) !== undefined) {
    throw new RuleSyntaxError("the label of a task is visible text", start);
  }
  scanner.expect(" def=", '" def=sha256:" and the digest of the definition');
  return { kind: "task", label, definition: scanner.digest() };
}

function readGlob(scanner: RuleScanner): RuleSpec {
  const start = scanner.position;
  const pattern = scanner.quoted();
  const isRelative = pattern !== "" && !/^[/~]|^[A-Za-z]:|\\|(?:^|\/)\.\.(?:\/|$)/.test(pattern);
  if (!isRelative) throw new RuleSyntaxError("a glob is relative, has / between names and no ..", start);
  return { kind: "glob", pattern };
}

function readRequest(scanner: RuleScanner): RuleSpec {
  const start = scanner.position;
  const [, method, template] = /^([A-Z]+) (https?:\/\/\S+)$/u.exec(scanner.quoted()) ?? [];
  if (method === undefined || template === undefined) {
    throw new RuleSyntaxError("a request is a method, one space and an http or https address", start);
  }
  return { kind: "request", method, template };
}

function readDate(scanner: RuleScanner): string {
  const start = scanner.position;
  const text = scanner.take(/\d{4}-\d{2}-\d{2}/y, "a date such as 2026-12-31");
  const date = new Date(`${text}T00:00:00Z`);
  if (Number.isNaN(date.getTime()) || date.toISOString().slice(0, 10) !== text) {
    throw new RuleSyntaxError(`there is no day ${text}`, start);
  }
  return text;
}
