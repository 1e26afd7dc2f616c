import assert from "node:assert/strict";
import { describe, it } from "node:test";
import type { ShellParser } from "../../src/policy/commands/shell-parser.ts";
import { offerRules } from "../../src/policy/rules/offer-rules.ts";
import type { KeptRule } from "../../src/policy/rules/rule.ts";
import { commandScene, keptRules, today } from "./command-scene.ts";

describe("E. Command approval: what no rule allows", () => {
  for (const line of [
    ...[
      "curl x",
      "a && curl x",
      `${"true && ".repeat(200)}curl x`,
      "'cu'rl x",
      "/usr/bin/curl x",
      "\\curl x",
      "command curl x",
    ],
    ...[
      "env A=1 curl x",
      "sudo -u a curl x",
      "echo $(curl x)",
      "echo `curl x`",
      "(curl x)",
      "if true; then curl x; fi",
      "CURL x",
    ],
    ...[
      "bash -c 'curl x'",
      'sh -ec "a && curl x"',
      "eval 'curl x'",
      "xargs -n1 curl",
      "find . -exec curl x ';'",
      "curl.exe x",
    ],
    ...[
      "f() { curl x; }; f",
      "cat <(curl x)",
      "$'cu\\x72l' x",
      "cu\\\nrl x",
      "python3 -c 'os.system(\"curl x\")'",
      "nohup timeout 5 curl x",
    ],
    ...[
      "curl",
      "A=1 curl x",
      "2>x curl x",
      "echo a|curl -T - x",
      "bash -c \"sh -c 'curl x'\"",
      "! curl x",
      "time curl x",
    ],
  ]) {
    it(`E09 a rule that denies curl holds for ${JSON.stringify(line.length > 99 ? `… ${line.slice(-40)}` : line)}`, async (test) => {
      const scene = await commandScene(test);
      const rules = keptRules(
        'allow run_command(prefix "true *")',
        'deny run_command("curl *")',
        `allow run_command(exact ${JSON.stringify(line)})`.replace(/\\n/g, " "),
      );
      const judgement = await scene.judge(line, rules);
      assert.deepEqual(judgement, { kind: "deny", reason: "A rule denies it.", rule: rules[1] });
    });
  }

  it("E09 a rule that denies a sub-command holds behind flags, and not for other sub-commands", async (test) => {
    const scene = await commandScene(test);
    const rules = keptRules('deny run_command(prefix "git push *")');
    const verdicts = async (...lines: readonly string[]) =>
      Promise.all(lines.map(async (line) => (await scene.judge(line, rules)).kind));
    assert.deepEqual(
      await verdicts("git push", "git -C . push -f", "git --no-pager push", "GIT_DIR=x git -c a=b push"),
      [...["deny", "deny", "deny", "deny"]],
    );
    assert.deepEqual(await verdicts("git log", "git log push", "echo git push", "git pushx"), [
      "ask",
      "ask",
      "ask",
      "ask",
    ]);
  });

  it("E10 a line of 4,097 characters or of 60 parts is covered by no rule", async (test) => {
    const scene = await commandScene(test);
    const allowed = `echo ${"a".repeat(4_091)}`;
    const tooLong = `${allowed}a`;
    const rules = keptRules(
      'allow run_command(prefix "echo *")',
      `allow run_command(exact "${tooLong}")`,
      'allow run_command(prefix "true *")',
    );
    assert.deepEqual([allowed.length, (await scene.judge(allowed, rules)).kind], [4_096, "allow"]);
    assert.deepEqual(await scene.judge(tooLong, rules), {
      kind: "ask",
      reason: "Rules cover only lines that are fully understood: it is longer than 4096 characters.",
    });
    assert.deepEqual(await scene.judge(Array(60).fill("true").join(" && "), rules), {
      kind: "ask",
      reason: "Rules cover only lines that are fully understood: it has more than 20 commands.",
    });
  });

  for (const [shell, line] of [
    ...["a & b", "%COMSPEC% /c dir", "di^r", "dir"].map((each) => ["C:\\Windows\\System32\\cmd.exe", each] as const),
    ...["a; b", "&{ls}", "iex x", "$(ls)", "powershell -EncodedCommand AAAA", "l`s", "ls"].map(
      (each) => ["powershell.exe", each] as const,
    ),
    ...["ls"].flatMap((each) => [["pwsh", each] as const, ["fish", each] as const, ["nu", each] as const]),
  ]) {
    it(`E11 ${shell} asks for ${JSON.stringify(line)}`, async (test) => {
      const scene = await commandScene(test);
      const rules = keptRules('allow run_command(prefix "ls *")', `allow run_command(exact ${JSON.stringify(line)})`);
      const facts = await scene.classify(line, { shell });
      assert.equal(
        facts.understanding.kind === "not-understood" &&
          /^the shell is \w+, whose lines are not read$/.test(facts.understanding.reason),
        true,
      );
      assert.equal((await scene.judge(line, rules, { shell })).kind, "ask");
      assert.deepEqual(offerRules(facts, today), []);
    });
  }

  it("E12 a parser that is not there, throws, gives up or sees something else makes the line ask", async (test) => {
    const scene = await commandScene(test);
    const rules = keptRules('allow run_command(prefix "ls *")', 'allow run_command(exact "ls")');
    const real = scene.context.parser;
    assert.ok(real !== undefined);
    const parsers: readonly (readonly [ShellParser | undefined, string])[] = [
      [undefined, "the shell parser is not there"],
      [{ parse: () => ({ kind: "unparsed", reason: "the parser failed (Error: a)" }) }, "the parser failed (Error: a)"],
      [{ parse: () => real.parse("rm x") }, "it can be read in two ways"],
      [{ parse: (line) => ({ ...real.parse(line), hasError: true }) }, "it is not a complete command line"],
    ];
    assert.equal((await scene.judge("ls", rules)).kind, "allow");
    for (const [parser, reason] of parsers) {
      assert.deepEqual(await scene.judge("ls", rules, { parser }), {
        kind: "ask",
        reason: `Rules cover only lines that are fully understood: ${reason}.`,
      });
    }
  });

  it("E12 a path that cannot be resolved makes the line ask, and rules that deny still hold", async (test) => {
    const scene = await commandScene(test);
    const classifyPath = () => Promise.reject(new Error("links in a circle"));
    assert.deepEqual(await scene.judge("ls", keptRules('allow run_command(prefix "ls *")'), { classifyPath }), {
      kind: "ask",
      reason:
        "Rules cover only lines that are fully understood: what it touches cannot be resolved (links in a circle).",
    });
    assert.equal((await scene.judge("ls", keptRules('deny run_command("ls *")'), { classifyPath })).kind, "deny");
  });

  it("E13 a rule that was made for another shell does not cover a line", async (test) => {
    const scene = await commandScene(test);
    const rules = keptRules('allow run_command(prefix "ls *")').map((rule): KeptRule => ({ ...rule, shell: "zsh" }));
    assert.equal((await scene.judge("ls", rules, { shell: "/bin/zsh" })).kind, "allow");
    assert.deepEqual(await scene.judge("ls", rules, { shell: "/bin/bash" }), {
      kind: "ask",
      reason: "The nearest rule does not cover it: it was made for zsh, the shell is bash.",
      rule: rules[0],
    });
  });
});
