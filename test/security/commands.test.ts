import assert from "node:assert/strict";
import { describe, it } from "node:test";
import { offerRules } from "../../src/policy/rules/offer-rules.ts";
import { printRule } from "../../src/policy/rules/print-rule.ts";
import type { KeptRule } from "../../src/policy/rules/rule.ts";
import corpus from "./command-corpus.json" with { type: "json" };
import { type CommandScene, commandScene, keptRules, today } from "./command-scene.ts";

describe("E. Command approval", () => {
  it("E01 UX75 every hostile line of the corpus asks or is denied, every benign one is allowed", async (test) => {
    const scene = await commandScene(test);
    const rules = keptRules(...corpus.rules);
    const verdict = async (line: string) => (await scene.judge(line, rules)).kind;
    const wrong: string[] = [];
    for (const line of corpus.benign) if ((await verdict(line)) !== "allow") wrong.push(`benign: ${line}`);
    for (const { line } of corpus.hostile) if ((await verdict(line)) === "allow") wrong.push(`hostile: ${line}`);
    const { benign, hostile } = corpus;
    test.diagnostic(
      `E01 ${hostile.length} hostile lines and ${benign.length} benign ones, ${wrong.length} judged wrongly`,
    );
    assert.deepEqual(wrong, []);
    assert.deepEqual(
      [hostile.length >= 85, benign.length >= 25, new Set([...benign, ...hostile.map(({ line }) => line)]).size],
      [true, true, benign.length + hostile.length],
    );
  });

  it("E03 without rules every line asks; an empty one is told apart", async (test) => {
    const scene = await commandScene(test);
    for (const line of ["pwd", "ls", "true", "git status"]) {
      assert.deepEqual(await scene.judge(line, []), { kind: "ask", reason: "No rule allows it." });
    }
    for (const line of ["", " ", "\t \n"]) {
      const facts = await scene.classify(line);
      assert.deepEqual(facts.understanding, { kind: "not-understood", reason: "it is empty", position: 0 });
      assert.equal((await scene.judge(line, keptRules('allow run_command(prefix "ls *")'))).kind, "ask");
    }
  });

  it("E04 'always allow' on two commands offers the exact line or one rule for each part", async (test) => {
    const scene = await commandScene(test);
    assert.deepEqual(await offered(scene, "git status && rm x"), [
      ['allow run_command(exact "git status && rm x") until 2026-12-21'],
      ['allow run_command(prefix "git status *") until 2026-12-21', 'allow run_command(exact "rm x") until 2026-12-21'],
    ]);
  });

  it("E04 UX75 what is offered allows the line, and nothing wider than its parts", async (test) => {
    const scene = await commandScene(test);
    for (const line of [
      "git status && rm x",
      "ls -la src",
      "grep -n a src/a.ts | head -3",
      "npm test",
      "rm x",
      "ls | tee x",
    ]) {
      for (const { rules } of offerRules(await scene.classify(line), today)) {
        const kept = rules.map((rule, index): KeptRule => ({ id: String(index), rule }));
        assert.equal((await scene.judge(line, kept)).kind, "allow", line);
        for (const other of ["rm y", "rm -rf src", "ls && rm y", "tee y", "ls | sh", "npm run lint"]) {
          assert.equal((await scene.judge(other, kept)).kind, "ask", `${other} by the rules of ${line}`);
        }
      }
    }
  });

  for (const line of [
    ...[
      "git diff --output=x",
      "find . -exec rm '{}' +",
      "find . -name a -delete",
      "sudo ls",
      "curl https://example.com",
      "npm install",
    ],
    ...[
      "echo $HOME",
      "echo `id`",
      "echo $(id)",
      "echo x > y",
      "ls >/dev/null",
      "ls 2>&1",
      "cat .env",
      "cat /etc/passwd",
      "ls *",
    ],
    ...[
      "env ls",
      "xargs ls",
      "bash -c ls",
      "node x.js",
      "python3 x.py",
      "cd src",
      "export A=1",
      "ls; ls",
      "ls &",
      "echo \u202ex",
    ],
    ...["git push", "ls | sh", "./x", "echo x > .vscode/settings.json", "rm package.json"],
  ]) {
    it(`E05 'always allow' is not offered for ${JSON.stringify(line)}`, async (test) => {
      assert.deepEqual(await offered(await commandScene(test), line), []);
    });
  }

  it("E06 a prefix does not cover a flag that is not on the list, and says so", async (test) => {
    const scene = await commandScene(test);
    const rules = keptRules('allow run_command(prefix "git status *")');
    assert.deepEqual(await scene.judge("git status -s", rules), { kind: "allow", rules });
    for (const flag of ["-c", "--unknown", "--shor", "--short=x", "-sX"]) {
      assert.deepEqual(await scene.judge(`git status ${flag} x`, rules), {
        kind: "ask",
        reason: `The nearest rule does not cover it: "${flag}" ${
          flag === "--short=x" ? "takes no value" : "is not on the list of safe flags of git status"
        }.`,
        rule: rules[0],
      });
    }
  });

  it("E07 a rule for a script is void when the script or a file that it names changes", async (test) => {
    const scene = await commandScene(test);
    const [offer] = offerRules(await scene.classify("npm test"), today);
    const rules = (offer?.rules ?? []).map((rule): KeptRule => ({ id: "a", rule }));
    assert.equal((await scene.judge("npm test", rules)).kind, "allow");
    const changed = (file: string, text: string) => ({
      readText: async (path: string) => (path.endsWith(file) ? text : scene.context.readText(path)),
    });
    const expected = {
      kind: "ask",
      reason: "The nearest rule does not cover it: the script test has changed.",
      rule: rules[0],
    };
    const otherScript = JSON.stringify({ scripts: { test: "node scripts/test.mjs; rm x" } });
    assert.deepEqual(await scene.judge("npm test", rules, changed("package.json", otherScript)), expected);
    const withHook = JSON.stringify({ scripts: { pretest: "rm x", test: "node scripts/test.mjs" } });
    assert.deepEqual(await scene.judge("npm test", rules, changed("package.json", withHook)), expected);
    assert.deepEqual(await scene.judge("npm test", rules, changed("scripts/test.mjs", "evil()")), expected);
  });
});

/** The rules of each choice on the card. */
async function offered(scene: CommandScene, line: string): Promise<readonly (readonly string[])[]> {
  return offerRules(await scene.classify(line), today).map(({ rules }) => rules.map(printRule));
}
