import assert from "node:assert/strict";
import { execFileSync } from "node:child_process";
import { join } from "node:path";
import { describe, it } from "node:test";
import { commandScene, keptRules } from "./command-scene.ts";

describe("E. Command approval: what a line touches", () => {
  it("E14 a repository whose settings may run a program asks; what the environment turns off does not", async (test) => {
    const scene = await commandScene(test);
    const rules = keptRules('allow run_command(prefix "git *")');
    const verdict = async (line: string, config: string) => {
      const readText = async (path: string) => (path.endsWith("/.git/config") ? config : scene.context.readText(path));
      return (await scene.judge(line, rules, { readText })).kind;
    };
    assert.equal(
      await verdict("git status", "[core]\n\tfsmonitor = ./x\n\tpager = ./x\n\thooksPath = x\n[pager]\n\tlog = ./x\n"),
      "allow",
    );
    assert.equal(await verdict("git status", '[diff "x"]\n\ttextconv = ./x\n'), "allow");
    assert.equal(await verdict("git diff", '[diff "x"]\n\ttextconv = ./x\n'), "ask");
    assert.equal(await verdict("git diff", "[diff]\n\texternal = ./x\n"), "ask");
    for (const config of [
      '[filter "x"]\n\tclean = ./x\n',
      "[include]\n\tpath = x\n",
      "[core]\n\tbare = true\n",
      "[core] fsmonitor = x\n",
      '[remote "a"]\n\tpromisor = true\n',
    ]) {
      assert.equal(await verdict("git status", config), "ask", config);
    }
  });

  for (const [line, destinations] of [
    ["curl https://example.com/a", ["example.com"]],
    ["curl -sSL -o out.txt -H 'A: b.c' example.com/a http://localhost:80/", ["localhost", "example.com"]],
    ["curl https://\u0430ws.amazon.com/", ["xn--ws-6kc.amazon.com"]],
    ['curl "$URL"', ["unknown destination"]],
    ["wget -O x https://user:pass@example.com/a", ["example.com"]],
    ["ssh -p 22 -i key me@host.example ls", ["host.example"]],
    ["scp a.txt me@host.example:/tmp", ["host.example"]],
    ["rsync -a src/ host.example:src", ["host.example"]],
    ["git clone https://example.com/x.git", ["example.com"]],
    ["git clone git@example.com:a/b.git", ["example.com"]],
    ["git push origin main", ["unknown destination"]],
    ["git -c a=b fetch", ["unknown destination"]],
    ["npm install --registry=https://registry.example x", ["registry.example"]],
    ["npm ci", ["unknown destination"]],
    ["yarn", ["unknown destination"]],
    ["sudo env curl example.com", ["example.com"]],
    ["bash -c 'curl example.com'", ["example.com"]],
    ["echo x > /dev/tcp/example.com/80", ["example.com"]],
    ["ls", []],
    ["npm test", []],
    ["git log", []],
  ] as const) {
    it(`E20 ${JSON.stringify(line)} reaches ${destinations.join(", ") || "nothing"}`, async (test) => {
      const scene = await commandScene(test);
      const facts = await scene.classify(line);
      assert.deepEqual(facts.destinations, destinations);
      assert.equal(facts.labels.includes("network"), destinations.length > 0);
      if (destinations.length > 0)
        assert.equal(
          (await scene.judge(line, keptRules(`allow run_command(exact ${JSON.stringify(line)})`))).kind,
          "ask",
        );
    });
  }
});

describe("command lines and files", () => {
  it("C05 a rule for cat does not cover a file that the ignore file lists", async (test) => {
    const scene = await commandScene(test);
    const rules = keptRules('allow run_command(prefix "cat *")');
    assert.equal((await scene.judge("cat src/a.ts", rules)).kind, "allow");
    for (const line of [
      "cat private/notes.txt",
      "cat ./private/../private/notes.txt",
      "cat src/../private/notes.txt",
    ]) {
      assert.deepEqual(await scene.judge(line, rules), {
        kind: "ask",
        reason: "It touches what the ignore file lists.",
      });
    }
  });

  it("C05 a tree that cannot be looked through asks", async (test) => {
    const scene = await commandScene(test);
    const rules = keptRules('allow run_command(prefix "grep *")');
    assert.equal((await scene.judge("grep -rn a src", rules)).kind, "allow");
    const lookBelow = async () => ({ kind: "unknown" }) as const;
    assert.deepEqual(await scene.judge("grep -rn a src", rules, { lookBelow }), {
      kind: "ask",
      reason: "The nearest rule does not cover it: what is below src cannot be looked through.",
      rule: rules[0],
    });
  });

  it("C05 what git keeps of an ignored file is not printed by rule", async (test) => {
    const scene = await commandScene(test);
    const git = (...words: string[]) => execFileSync("git", words, { cwd: scene.ws, stdio: "pipe" });
    git("init", "--quiet");
    git("add", "src");
    const rules = keptRules('allow run_command(prefix "git *")');
    const printing = ["git diff", "git diff --cached", "git show", "git show HEAD", "git log -p -1", "git log -U3"];
    const naming = ["git status", "git log --stat", "git ls-files"];
    const verdicts = (lines: readonly string[]) =>
      Promise.all(lines.map(async (line) => (await scene.judge(line, rules)).kind));
    assert.deepEqual([...new Set(await verdicts([...printing, ...naming]))], ["allow"]);
    git("add", "--force", "private/notes.txt");
    assert.deepEqual([...new Set(await verdicts(printing))], ["ask"]);
    assert.deepEqual([...new Set(await verdicts(naming))], ["allow"]);
    const { labels, paths } = await scene.classify("git diff");
    const ignored = paths.filter(({ pathClass }) => pathClass.kind === "ignored");
    assert.deepEqual(
      [labels, ignored.map(({ pathClass }) => pathClass.canonical)],
      [["ignored file"], [join(scene.ws, "private/notes.txt")]],
    );
  });

  it("D10 UX75 a redirection into a protected file is listed as a write, and asks", async (test) => {
    const scene = await commandScene(test);
    const line = "echo x > .vscode/settings.json";
    const { paths, labels } = await scene.classify(line);
    const written = paths
      .filter(({ access }) => access === "write")
      .map(({ text, pathClass }) => [text, pathClass.kind]);
    assert.deepEqual(
      [written, labels],
      [[[".vscode/settings.json", "protected"]], ["protected file", "not understood"]],
    );
    assert.deepEqual(
      await scene.judge(line, keptRules('allow run_command(prefix "echo *")', `allow run_command(exact "${line}")`)),
      {
        kind: "ask",
        reason: "It may change a protected file.",
      },
    );
  });

  it("A15 a folder outside the workspace asks whatever the rules are", async (test) => {
    const scene = await commandScene(test);
    const rules = keptRules('allow run_command(exact "pwd")', 'allow run_command(prefix "pwd *")');
    assert.equal((await scene.judge("pwd", rules)).kind, "allow");
    for (const cwd of [scene.out, "/", `${scene.ws}/linked`]) {
      assert.deepEqual(await scene.judge("pwd", rules, { cwd }), {
        kind: "ask",
        reason: "It touches what is outside the workspace.",
      });
    }
  });

  it("H01 H02 hidden characters and direction controls are labelled and never covered", async (test) => {
    const scene = await commandScene(test);
    const labels = async (line: string) => (await scene.classify(line)).labels;
    assert.deepEqual(await labels("echo 'a\u202eb'"), ["hidden characters", "direction controls", "not understood"]);
    assert.deepEqual(await labels("echo 'a\u2067b'"), ["hidden characters", "direction controls", "not understood"]);
    for (const character of ["\u200b", "\ufeff", "\u{e0041}", "\ufe0f", "\u3164", "\u00a0", "\u001b", "\u2028"]) {
      assert.deepEqual(await labels(`echo 'a${character}b'`), ["hidden characters", "not understood"]);
    }
    assert.deepEqual(await labels("echo 'über \u{1f600} 日本'"), []);
  });
});
