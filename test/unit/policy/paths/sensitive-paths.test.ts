import assert from "node:assert/strict";
import { describe, it } from "node:test";
import { foldName } from "../../../../src/policy/paths/fold-name.ts";
import { SensitiveMatcher } from "../../../../src/policy/paths/sensitive-matcher.ts";
import {
  forbidden,
  ignoredAlways,
  keyMaterial,
  protectedPaths,
  type SensitivePaths,
  secretText,
} from "../../../../src/policy/paths/sensitive-paths.ts";

const tables: Readonly<Record<string, SensitivePaths>> = {
  forbidden,
  protectedPaths,
  keyMaterial,
  secretText,
  ignoredAlways,
};
const places = { folders: ["/srv/ws"], homes: ["/home/u"], platform: "linux" as const };
const windows = { folders: ["C:\\srv\\ws"], homes: ["C:\\Users\\u"], platform: "win32" as const };

/** A path that the pattern stands for, relative to where it counts from. */
function exampleOf(pattern: string): string {
  return pattern
    .replace(/^\*\*\//, "")
    .replace(/^\//, "")
    .replaceAll("*", "0");
}

describe("the tables of sensitive paths", () => {
  for (const [name, table] of Object.entries(tables)) {
    it(`${name}: every pattern is folded, and matches what it stands for, in any letter case, on Windows too`, () => {
      for (const [part, base, windowsBase] of [
        ["anywhere", "/", "D:\\"],
        ["inProject", "/srv/ws/deep/", "C:\\srv\\ws\\deep\\"],
        ["inHome", "/home/u/", "C:\\Users\\u\\"],
      ] as const) {
        for (const pattern of table[part].filter((one) => !one.startsWith("!"))) {
          assert.equal(pattern, foldName(pattern));
          const only = { anywhere: [], inProject: [], inHome: [], [part]: [pattern] };
          const example = exampleOf(pattern);
          for (const matcher of [new SensitiveMatcher(only), new SensitiveMatcher(table)]) {
            assert.equal(matcher.matches(base + example, places), true, pattern);
            assert.equal(matcher.matches(base + example.toUpperCase(), places), true, pattern);
            assert.equal(matcher.matches(windowsBase + example.replaceAll("/", "\\"), windows), true, pattern);
          }
        }
      }
    });
  }

  it("count from where they are said to", () => {
    const assistants = new SensitiveMatcher(protectedPaths);
    assert.equal(assistants.matches("/srv/ws/.claude/a", places), true);
    assert.equal(assistants.matches("/srv/.claude/a", places), false);
    assert.equal(assistants.matches("/x/.claude/a", { ...places, folders: ["/x/.claude"] }), true, "opened itself");
    assert.equal(assistants.matches("/x/.claude/ws/a", { ...places, folders: ["/x/.claude/ws"] }), false);
    const shells = new SensitiveMatcher(forbidden);
    assert.equal(shells.matches("/home/u/.bashrc", places), true);
    assert.equal(shells.matches("/home/u/dotfiles/.bashrc", places), false);
    assert.equal(shells.matches("/srv/ws/.bashrc", places), false);
  });

  it("leave ordinary sources of a project alone", () => {
    const ordinary = [
      ...["src/index.ts", "README.md", "tsconfig.json", "src/git/hooks.ts", "docs/agents-of-change.md", "test/make.ts"],
      ...["src/environment.ts", "src/keys.ts", "package-lock.json", "src/vscode/settings.json", ".gitignore", "a.pub"],
    ];
    for (const path of ordinary) {
      for (const [name, table] of Object.entries(tables)) {
        assert.equal(new SensitiveMatcher(table).matches(`/srv/ws/${path}`, places), false, `${name} ${path}`);
      }
    }
  });
});

describe("foldName", () => {
  it("makes names equal that volumes take for one, and no others", () => {
    for (const name of [".VSCODE", ".v\u017fcode", ".vs\u200dcode", "\ufeff.vscode"]) {
      assert.equal(foldName(name), ".vscode", JSON.stringify(name));
    }
    assert.equal(foldName("d\u00e9ja\u0300"), foldName("DE\u0301J\u00c0"));
    for (const name of ["\uff0evscode", ".vscod\u0435", ". vscode"]) assert.notEqual(foldName(name), ".vscode");
  });
});
