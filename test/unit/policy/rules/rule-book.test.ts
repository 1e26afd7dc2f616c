import assert from "node:assert/strict";
import { describe, it } from "node:test";
import { printRule } from "../../../../src/policy/rules/print-rule.ts";
import { RuleBook, type StoredRule } from "../../../../src/policy/rules/rule-book.ts";
import { keptRules } from "../../../security/command-scene.ts";

function bookOf(stored: readonly StoredRule[] = [], ...repository: readonly string[]) {
  let kept = stored;
  const store = {
    load: () => kept,
    save: async (rules: readonly StoredRule[]) => {
      kept = rules;
    },
  };
  const book = new RuleBook({ store, repository: () => keptRules(...repository) });
  const listed = () => book.list().map(({ scope, rule }) => `${scope}: ${printRule(rule)}`);
  const add = (scope: "turn" | "session" | "workspace", text: string) =>
    book.add(
      keptRules(text).map(({ rule }) => rule),
      scope,
    );
  return { book, listed, add, stored: () => kept };
}

const ls = 'allow run_command(prefix "ls *")';
const cat = 'allow run_command(prefix "cat *")';
const wc = 'allow run_command(prefix "wc *")';

describe("RuleBook", () => {
  it("keeps a rule for the turn, the session or the workspace, and only the last on the disk", async () => {
    const { book, listed, add, stored } = bookOf();
    await add("turn", ls);
    await add("session", cat);
    await add("workspace", wc);
    assert.deepEqual(listed(), [`workspace: ${wc}`, `session: ${cat}`, `turn: ${ls}`]);
    assert.deepEqual(
      stored().map(({ text }) => text),
      [wc],
    );
    book.beginTurn();
    assert.deepEqual(listed(), [`workspace: ${wc}`, `session: ${cat}`]);
  });

  it("revokes a rule of any scope", async () => {
    const { book, listed, add, stored } = bookOf();
    for (const scope of ["turn", "session", "workspace"] as const) await add(scope, ls);
    for (const { id } of book.list()) await book.revoke(id);
    assert.deepEqual([listed(), stored()], [[], []]);
  });

  it("takes nothing from a repository that allows, and nothing from the disk that is no rule", () => {
    const stored = [
      { id: "a", text: ls },
      { id: "b", text: 'allow run_command(prefix "sh *")' },
    ];
    const deny = 'deny run_command(exact "ls")';
    const { listed } = bookOf(stored, cat, deny);
    assert.deepEqual(listed(), [`repository: ${deny}`, `workspace: ${ls}`]);
  });
});
