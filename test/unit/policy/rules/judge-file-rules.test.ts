import assert from "node:assert/strict";
import { describe, it } from "node:test";
import { judgeFileRules } from "../../../../src/policy/rules/judge-file-rules.ts";
import { keptRules, today } from "../../../security/command-scene.ts";

function verdict(paths: readonly string[], ...rules: readonly string[]): string {
  return judgeFileRules(keptRules(...rules), { tool: "edit_file", paths, now: today }).kind;
}

describe("judgeFileRules", () => {
  it("covers by a rule that allows only what it names in this letter case, and by others in any", () => {
    assert.equal(verdict(["src/a.ts"], 'allow edit_file(glob "src/**")'), "allow");
    assert.equal(verdict(["SRC/a.ts"], 'allow edit_file(glob "src/**")'), "none");
    assert.equal(verdict(["SRC/a.ts"], 'allow edit_file(glob "**")', 'ask edit_file(glob "src/**")'), "ask");
    assert.equal(verdict(["SRC/a.ts"], 'allow edit_file(glob "**")', 'deny edit_file(glob "src/**")'), "deny");
  });

  it("allows where every path is covered, and restricts where one is", () => {
    const paths = ["src/a.ts", "docs/b.md"];
    const [src, docs] = ['allow edit_file(glob "src/**")', 'allow edit_file(glob "docs/*.md")'];
    assert.equal(verdict(paths, src), "none");
    assert.equal(verdict(paths, src, docs), "allow");
    assert.equal(verdict(paths, src, docs, 'ask edit_file(glob "docs")'), "ask");
    assert.equal(verdict([], 'allow edit_file(glob "**")'), "none");
  });

  it("covers nothing outside, nothing of another tool and nothing after its last day", () => {
    assert.equal(verdict(["../a.ts"], 'allow edit_file(glob "**")'), "none");
    assert.equal(verdict(["a.ts"], 'allow write_file(glob "**")'), "none");
    assert.equal(verdict(["a.ts"], 'allow edit_file(glob "**") until 2026-11-21'), "allow");
    assert.equal(verdict(["a.ts"], 'allow edit_file(glob "**") until 2026-11-20'), "none");
  });
});
