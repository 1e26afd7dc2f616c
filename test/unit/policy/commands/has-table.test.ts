import assert from "node:assert/strict";
import { describe, it } from "node:test";
import { hasTable } from "../../../../src/policy/commands/has-table.ts";
import { programTables } from "../../../../src/policy/commands/program-tables.ts";
import names from "../../../../src/policy/commands/tables/names.json" with { type: "json" };

describe("the names of the tables", () => {
  it("are those of the tables themselves", () => {
    const subcommands = Object.entries(names.subcommands).flatMap(([program, own]) =>
      own.map((subcommand) => `${program} ${subcommand}`),
    );
    assert.deepEqual([...names.programs, ...subcommands].toSorted(), [...programTables().keys()].toSorted());
  });

  it("tell a program, a sub-command and a program that has only sub-commands from all others", () => {
    const prefixes = ["ls", "ls -l", "git", "git status", "git push", "npm", "constructor", ""];
    assert.deepEqual(
      prefixes.filter((prefix) => hasTable(prefix.split(" "))),
      ["ls", "ls -l", "git", "git status"],
    );
  });
});
