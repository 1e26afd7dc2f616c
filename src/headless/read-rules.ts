import { readFile } from "node:fs/promises";
import { parseRule } from "../policy/rules/parse-rule.ts";
import type { KeptRule } from "../policy/rules/rule.ts";
import type { StoredRule } from "../policy/rules/rule-book.ts";
import { ArgumentError } from "./argument-error.ts";

export type RuleLine = StoredRule & KeptRule;

/**
 * The rules of a file, one a line; blank lines and lines that begin with `#` are passed over. A line that is no rule
 * is reported as `file:line:column: why`, and the others hold. Throws `ArgumentError` where the file cannot be read.
 */
export async function readRules(file: string, report: (problem: string) => void): Promise<readonly RuleLine[]> {
  const text = await readFile(file, "utf8").catch((error: unknown) => {
    throw new ArgumentError(`--rules: ${error instanceof Error ? error.message : String(error)}`);
  });
  return text.split(/\r?\n/).flatMap((line, index) => {
    const rule = line.trim();
    if (rule === "" || rule.startsWith("#")) return [];
    const parsed = parseRule(rule);
    if (parsed.kind === "rule") return [{ id: `${index + 1}`, text: rule, rule: parsed.rule }];
    const column = line.indexOf(rule) + parsed.position + 1;
    report(`${file}:${index + 1}:${column}: ${parsed.message}`);
    return [];
  });
}
