import assert from "node:assert/strict";
import { after, before, describe, it } from "node:test";
import { checkArguments } from "../../../../src/policy/commands/check-arguments.ts";
import type { ProgramTable } from "../../../../src/policy/commands/program-table.ts";
import { programTables, tableFor } from "../../../../src/policy/commands/program-tables.ts";
import type { ValueKind } from "../../../../src/policy/commands/value-kinds.ts";
import { type CommandFolder, makeCommandFolder } from "../../../fuzz/command-folder.ts";

/** A word of each kind that programs take. */
const samples: Readonly<Record<ValueKind, string>> = {
  text: "a",
  number: "1",
  range: "1,2",
  list: "1,2",
  key: "1,1n",
  name: "ts",
  word: "always",
  path: "a.txt",
  tree: "src",
  "linked-tree": "src",
  pathspec: "src",
  revision: "HEAD~1",
  branch: "main",
  gitFormat: "%h",
  gitSort: "-refname",
  date: "2026-01-02",
  dateFormat: "+%F",
  printfFormat: "%s",
  sedLines: "1p",
  jqFilter: ".",
};

/** From the manuals: what writes, runs a program, reads other files or never ends. None of it may be on a list. */
const dangerous: Readonly<Record<string, readonly string[]>> = {
  sort: [
    "-o",
    "--output",
    "-T",
    "--temporary-directory",
    "--compress-program",
    "--files0-from",
    "--random-source",
    "-m",
    "--merge",
  ],
  find: [
    "-delete",
    "-exec",
    "-execdir",
    "-ok",
    "-okdir",
    "-fprint",
    "-fprint0",
    "-fprintf",
    "-fls",
    "-files0-from",
    "-L",
    "-follow",
  ],
  grep: ["-f", "--file", "-R", "--dereference-recursive", "-d", "--directories", "-D", "--devices", "--exclude-from"],
  rg: [
    "--pre",
    "--pre-glob",
    "-z",
    "--search-zip",
    "--hostname-bin",
    "-f",
    "--file",
    "--ignore-file",
    "-u",
    "-L",
    "--follow",
    "--hidden",
    "-.",
  ],
  sed: ["-i", "--in-place", "-e", "--expression", "-f", "--file", "-s", "-E"],
  date: ["-s", "--set", "-f", "--file", "-r", "--reference"],
  file: ["-C", "--compile", "-m", "--magic-file", "-z", "--uncompress", "-Z", "-f", "--files-from", "-s", "-p"],
  diff: ["-l", "--paginate", "--to-file", "--from-file", "-X", "--exclude-from", "-D"],
  jq: ["-f", "--from-file", "-L", "--slurpfile", "--rawfile", "--args", "--jsonargs"],
  printf: ["-v"],
  tail: ["-f", "-F", "--follow", "--retry", "--pid"],
  wc: ["--files0-from"],
  du: ["--files0-from", "-X", "--exclude-from", "-L"],
  sha256sum: ["-c", "--check"],
  stat: ["-L", "--dereference", "--cached"],
  df: ["--sync"],
  "git status": ["--pathspec-from-file", "-v"],
  "git diff": ["--output", "--ext-diff", "--textconv", "--no-index", "-O", "--output-indicator-new"],
  "git log": ["--output", "--ext-diff", "--textconv", "--show-signature", "-L", "-O", "--stdin"],
  "git show": ["--output", "--ext-diff", "--textconv", "--show-signature", "-O"],
  "git branch": [
    "-d",
    "-D",
    "-m",
    "-M",
    "-c",
    "-C",
    "-f",
    "-u",
    "-t",
    "-l",
    "--edit-description",
    "--set-upstream-to",
    "--unset-upstream",
  ],
  "git tag": ["-a", "-s", "-u", "-f", "-d", "-v", "-m", "-F", "-e", "--verify"],
  "git blame": ["--contents", "--ignore-revs-file", "-S"],
  "git ls-files": ["-X", "--exclude-from", "--recurse-submodules"],
  "git rev-parse": ["--parseopt", "--sq-quote"],
  "git remote": ["update", "add", "remove", "set-url", "show", "prune"],
};

describe("tables of safe words", () => {
  let folder: CommandFolder;
  before(async () => {
    folder = await makeCommandFolder();
  });
  after(() => folder.dispose());

  for (const [name, table] of programTables()) {
    it(`${name}: every listed flag passes, and run for real it changes nothing. ${table.reason}`, async () => {
      const lines = linesFor(name, table);
      assert.ok(lines.length > 0);
      for (const line of lines) assert.deepEqual([line, check(line)], [line, "safe"]);
      const then = await folder.snapshot();
      assert.deepEqual(await folder.runLines(lines), { isCutOff: false });
      assert.equal(await folder.snapshot(), then);
    });
  }

  for (const [name, flags] of Object.entries(dangerous)) {
    it(`${name}: nothing that writes, runs or reads more is listed`, () => {
      assert.ok(programTables().has(name));
      const passed = flags.flatMap((flag) =>
        [flag, `${flag}=a.txt`, `${flag}a.txt`, `${flag} a.txt`].filter(
          (words) => check(`${name} ${words}`) === "safe",
        ),
      );
      assert.deepEqual(passed, []);
    });
  }
});

function linesFor(name: string, table: ProgramTable): readonly string[] {
  switch (table.style) {
    case "anything":
      return [`${name} -a --b c`];
    case "forms":
      return table.forms.map((form) => [name, ...form.map(sampleOf)].join(" "));
    case "expression":
      return Object.entries(table.flags).map(([flag, { kinds }]) =>
        [name, "src", flag, ...kinds.map((kind) => samples[kind])].join(" "),
      );
    case "options": {
      const { first, rest, atLeast, onlyWith } = table.positionals;
      const kinds = [...first, ...Array.from({ length: 4 }, () => rest).filter((kind) => kind !== undefined)].slice(
        0,
        atLeast,
      );
      const words = (onlyWith === undefined ? kinds : []).map((kind) => samples[kind]);
      const flags = Object.entries(table.flags).flatMap(([flag, { kinds: values, isOptional }]) => {
        const given = values.map((kind) => samples[kind]);
        return isOptional ? [[flag], [`${flag}=${given[0]}`]] : [[flag, ...given]];
      });
      return [[], ...flags].map((flag) => [name, ...flag, ...words].join(" "));
    }
  }
}

function sampleOf(shape: string): string {
  const kind = Object.entries(samples).find(([each]) => shape === `<${each}>`);
  return kind === undefined ? shape : kind[1];
}

function judged(line: string) {
  const words = line.split(" ").map((text, position) => ({ text, position }));
  const match = tableFor(words);
  return match === undefined ? undefined : checkArguments(match.table, match.rest);
}

function check(line: string): string {
  return judged(line)?.kind ?? "no table";
}
