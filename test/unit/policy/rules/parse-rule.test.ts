import assert from "node:assert/strict";
import { describe, it } from "node:test";
import * as fc from "fast-check";
import { programTables } from "../../../../src/policy/commands/program-tables.ts";
import { parseRule } from "../../../../src/policy/rules/parse-rule.ts";
import { printRule } from "../../../../src/policy/rules/print-rule.ts";
import type { Rule } from "../../../../src/policy/rules/rule.ts";

const digest = "0123456789abcdef".repeat(4);

function rule(text: string): Rule | string {
  const parsed = parseRule(text);
  return parsed.kind === "rule" ? parsed.rule : `${parsed.message} @${parsed.position}`;
}

describe("parseRule", () => {
  it("reads every form of the grammar", () => {
    const tool = "run_command";
    assert.deepEqual(rule('allow run_command(prefix "git status *")'), {
      effect: "allow",
      tool,
      spec: { kind: "prefix", words: ["git", "status"] },
    });
    assert.deepEqual(rule('allow run_command(exact "ls -la")'), {
      effect: "allow",
      tool,
      spec: { kind: "exact", text: "ls -la" },
    });
    assert.deepEqual(rule(`allow run_command(exact "npm test" script=sha256:${digest}) until 2026-12-31`), {
      effect: "allow",
      tool,
      spec: { kind: "exact", text: "npm test", script: digest },
      until: "2026-12-31",
    });
    assert.deepEqual(rule(`ask run_task("build all" def=sha256:${digest})`), {
      effect: "ask",
      tool: "run_task",
      spec: { kind: "task", label: "build all", definition: digest },
    });
    assert.deepEqual(rule('allow edit_file(glob "src/**")'), {
      effect: "allow",
      tool: "edit_file",
      spec: { kind: "glob", pattern: "src/**" },
    });
    assert.deepEqual(rule('deny run_command("curl *")'), {
      effect: "deny",
      tool,
      spec: { kind: "prefix", words: ["curl"] },
    });
    assert.deepEqual(rule('ask run_command("make all")'), {
      effect: "ask",
      tool,
      spec: { kind: "exact", text: "make all" },
    });
    assert.deepEqual(rule(String.raw`deny run_command(exact "a \"b\" \\ \d")`), {
      effect: "deny",
      tool,
      spec: { kind: "exact", text: String.raw`a "b" \ \d` },
    });
  });

  for (const [text, problem] of [
    ["", "a rule begins with allow, ask or deny @0"],
    ["permit x", "a rule begins with allow, ask or deny @0"],
    ["allow  run_command", "expected the name of a tool @6"],
    ["allow delete_all(x)", "there are no rules for the tool delete_all @6"],
    ['allow run_command("ls *")', "expected exact or prefix and a text in quotes @18"],
    ['allow run_command(exact "")', "the command line is empty @24"],
    ['allow run_command(exact "a)', "expected a text in double quotes @24"],
    ['allow run_command(prefix "ls")', 'a prefix ends with " *" @25'],
    ['allow run_command(prefix "ls  *")', 'a prefix has plain words with one space between, not "" @25'],
    ['allow run_command(prefix "ls $x *")', 'a prefix has plain words with one space between, not "$x" @25'],
    [
      'allow run_command(prefix "curl *")',
      "there is no list of safe words for curl: only exact rules can allow it @25",
    ],
    [
      'allow run_command(prefix "git push *")',
      "there is no list of safe words for git push: only exact rules can allow it @25",
    ],
    [
      'allow run_command(prefix "sudo ls *")',
      "there is no list of safe words for sudo ls: only exact rules can allow it @25",
    ],
    ['allow run_command(exact "ls" script=sha256:abc)', "expected 64 digits from 0 to f @43"],
    ['allow run_command(exact "ls"', "expected ) @28"],
    ['allow run_command(exact "ls") ', 'expected " until " and a date, or the end @29'],
    ['allow run_command(exact "ls") until 2026-02-30', "there is no day 2026-02-30 @36"],
    ['allow run_command(exact "ls") until tomorrow', "expected a date such as 2026-12-31 @36"],
    ['allow run_command(exact "ls") until 2026-12-31x', "the rule ends after the date @46"],
    ['allow run_task("build")', 'expected " def=sha256:" and the digest of the definition @22'],
    ['allow edit_file(exact "a")', "expected glob and a pattern in quotes @16"],
    ['allow edit_file(glob "/etc/**")', "a glob is relative, has / between names and no .. @21"],
    ['allow edit_file(glob "src/../../x")', "a glob is relative, has / between names and no .. @21"],
    ['allow run_command(exact "a\u202eb")', "the character U+202E cannot be seen @26"],
    ['allow run_command(exact "a\nb")', "the character U+000A cannot be seen @26"],
  ] as const) {
    it(`refuses ${JSON.stringify(text)}`, () => {
      assert.equal(rule(text), problem);
    });
  }

  it("reads back every rule that it prints", () => {
    const hex = fc.stringMatching(/^[0-9a-f]{64}$/);
    const text = fc.stringMatching(/^[ -~äß日]{0,40}[!-~]$/);
    const word = fc.stringMatching(/^[A-Za-z0-9_./:=,@%+^~-]{1,9}$/);
    const command = fc.oneof(
      fc.record({ kind: fc.constant("exact" as const), text }),
      fc.record({ kind: fc.constant("exact" as const), text, script: hex }),
      fc.constantFrom(...programTables().keys()).map((name) => ({ kind: "prefix" as const, words: name.split(" ") })),
    );
    const denied = fc.record({
      kind: fc.constant("prefix" as const),
      words: fc.array(word, { minLength: 1, maxLength: 4 }),
    });
    const task = fc.record({ kind: fc.constant("task" as const), label: text, definition: hex });
    const glob = fc.record({
      kind: fc.constant("glob" as const),
      pattern: fc.stringMatching(/^[a-z*{},?[\]"' ]{1,9}(\/[a-z*]{1,5}){0,3}$/),
    });
    const made = fc.oneof(
      fc.record({ effect: fc.constantFrom("allow", "ask", "deny"), tool: fc.constant("run_command"), spec: command }),
      fc.record({ effect: fc.constantFrom("ask", "deny"), tool: fc.constant("run_command"), spec: denied }),
      fc.record({ effect: fc.constantFrom("allow", "ask", "deny"), tool: fc.constant("run_task"), spec: task }),
      fc.record({
        effect: fc.constantFrom("allow", "ask", "deny"),
        tool: fc.constantFrom("edit_file", "read_file"),
        spec: glob,
      }),
    );
    const until = fc.option(
      fc.date({ min: new Date("2000-01-01"), max: new Date("2999-12-31"), noInvalidDate: true }),
      { nil: undefined },
    );
    fc.assert(
      fc.property(made, until, (base, date) => {
        const plain = { ...base, spec: { ...base.spec } };
        const whole = date === undefined ? plain : { ...plain, until: date.toISOString().slice(0, 10) };
        assert.deepEqual(rule(printRule(whole)), whole);
      }),
      { numRuns: 2_000 },
    );
  });

  it("never throws, and what it accepts it prints in one form", () => {
    const piece = fc.constantFrom(
      "allow ",
      "deny ",
      "run_command(",
      "exact ",
      "prefix ",
      '"',
      "\\",
      " *",
      "ls",
      ")",
      " until ",
      "2026-01-01",
      "glob ",
      "edit_file(",
      "é",
    );
    fc.assert(
      fc.property(fc.array(piece, { maxLength: 12 }), (pieces) => {
        const parsed = parseRule(pieces.join(""));
        if (parsed.kind === "rule") assert.deepEqual(rule(printRule(parsed.rule)), parsed.rule);
        else assert.ok(parsed.position >= 0 && parsed.position <= pieces.join("").length);
      }),
      { numRuns: 5_000 },
    );
  });
});
