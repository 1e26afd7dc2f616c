import assert from "node:assert/strict";
import { describe, it, type TestContext } from "node:test";
import { judgeRules } from "../../../../src/policy/rules/judge-rules.ts";
import { commandScene, keptRules, today } from "../../../security/command-scene.ts";

const allowLs = 'allow run_command(prefix "ls *")';

async function verdict(test: TestContext, line: string, ...rules: readonly string[]): Promise<string> {
  const scene = await commandScene(test);
  const judgement = await scene.judge(line, keptRules(...rules));
  return judgement.kind === "allow" ? `allow ${judgement.rules.map(({ id }) => id).join(" ")}` : judgement.kind;
}

describe("judgeRules", () => {
  it("puts deny over ask over allow, in whatever order they are kept", async (test) => {
    const [ask, deny] = ['ask run_command("ls *")', 'deny run_command("ls *")'];
    assert.equal(await verdict(test, "ls", allowLs), "allow rule-1");
    assert.equal(await verdict(test, "ls", allowLs, ask), "ask");
    assert.equal(await verdict(test, "ls", ask, allowLs), "ask");
    assert.equal(await verdict(test, "ls", allowLs, ask, deny), "deny");
    assert.equal(await verdict(test, "ls", deny, ask, allowLs), "deny");
  });

  it("asks unless every command has a rule, and names the rules that cover them, each once", async (test) => {
    const wc = 'allow run_command(prefix "wc *")';
    assert.equal(await verdict(test, "ls | wc -l && ls src", wc, allowLs), "allow rule-2 rule-1");
    assert.equal(await verdict(test, "ls | wc -l", allowLs), "ask");
    assert.equal(await verdict(test, "ls | wc -l", 'allow run_command(exact "ls | wc -l")'), "allow rule-1");
  });

  it("takes an exact rule byte for byte, for a part only where it stands alone", async (test) => {
    const make = 'allow run_command(exact "make a")';
    assert.equal(await verdict(test, "make a", make), "allow rule-1");
    for (const line of ["make  a", "make a ", " make a", "make 'a'", "make b", "make a b"]) {
      assert.equal(await verdict(test, line, make), line.trim() === "make a" ? "allow rule-1" : "ask", line);
    }
    assert.equal(await verdict(test, "ls && make a", make, allowLs), "allow rule-2 rule-1");
    assert.equal(await verdict(test, "ls | make a", make, allowLs), "ask");
    assert.equal(await verdict(test, "cd src && ls", 'allow run_command(exact "cd src")', allowLs), "ask");
  });

  it("holds up to and with its last day", async (test) => {
    const scene = await commandScene(test);
    const facts = await scene.classify("ls");
    const on = (day: string) => judgeRules(keptRules(`${allowLs} until 2026-11-21`), facts, new Date(day)).kind;
    assert.deepEqual(
      [on("2026-11-20T00:00:00Z"), on("2026-11-21T23:59:59Z"), on("2026-11-22T00:00:00Z")],
      ["allow", "allow", "ask"],
    );
    assert.equal(judgeRules(keptRules('deny run_command("ls *") until 2026-11-20'), facts, today).kind, "ask");
  });

  it("takes an exact rule that denies for the same words however they are written", async (test) => {
    const deny = 'deny run_command(exact "make  all")';
    for (const line of ["make all", "make   'all'", "/usr/bin/make all", "ls && make all", "$(make all)"]) {
      assert.equal(await verdict(test, line, deny), "deny", line);
    }
    assert.equal(await verdict(test, "make all x", deny), "ask");
  });

  it("does not care about rules of other tools", async (test) => {
    assert.equal(await verdict(test, "ls", 'allow edit_file(glob "**")', 'deny read_file(glob "**")'), "ask");
  });

  it("covers git's harmless flags before the sub-command, and no others", async (test) => {
    const log = 'allow run_command(prefix "git log *")';
    assert.equal(await verdict(test, "git --no-pager log -1", log), "allow rule-1");
    assert.equal(await verdict(test, "git -P log -1", log), "ask");
    assert.equal(await verdict(test, "git --no-pager status", log), "ask");
  });
});
