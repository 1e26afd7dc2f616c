import assert from "node:assert/strict";
import { spawn } from "node:child_process";
import { mkdir, readdir, readFile, symlink, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { describe, it, type TestContext } from "node:test";
import { fileURLToPath } from "node:url";
import { temporaryFolder } from "../../support/temporary-folder.ts";
import { writeTree } from "../../support/write-tree.ts";

const program = fileURLToPath(new URL("../../../src/headless/decide.ts", import.meta.url));

interface Verdict {
  readonly decision: string;
  readonly tier: number | null;
  readonly code: string | null;
  readonly rule: string | null;
  readonly reason: string;
  readonly targets: readonly string[];
  readonly labels: readonly string[];
}

interface Decided {
  readonly code: number | null;
  readonly verdicts: readonly Verdict[];
  readonly stderr: string;
}

/** The program as a person would call it, with these lines on its standard input. */
async function decide(parameters: readonly string[], lines: readonly unknown[], home: string): Promise<Decided> {
  const child = spawn(process.execPath, [program, ...parameters], { env: { PATH: process.env["PATH"], HOME: home } });
  const read = async (stream: NodeJS.ReadableStream): Promise<string> => {
    let text = "";
    for await (const part of stream.setEncoding("utf8")) text += part;
    return text;
  };
  const [stdout, stderr] = [read(child.stdout), read(child.stderr)];
  child.stdin.on("error", () => undefined);
  child.stdin.end(lines.map((line) => `${typeof line === "string" ? line : JSON.stringify(line)}\n`).join(""));
  const code = await new Promise<number | null>((resolve) => child.once("close", resolve));
  const printed = (await stdout).split("\n").filter((line) => line !== "");
  return { code, stderr: await stderr, verdicts: printed.map((line) => JSON.parse(line)) };
}

interface Scene {
  readonly root: string;
  readonly ws: string;
  run(lines: readonly unknown[], rules?: string): Promise<Decided>;
}

async function scene(test: TestContext): Promise<Scene> {
  const root = await temporaryFolder(test);
  const ws = join(root, "ws");
  await mkdir(join(root, "home"));
  await writeTree(ws, {
    "src/a.ts": "const a = 1;\n",
    ".env": "KEY=value\n",
    id_ed25519: "key\n",
    "private/x": "x\n",
    ".outcropignore": "private/**\n",
    "outcrop.policy.json": '{"deny": ["run_command(\\"git push *\\")"], "ask": ["edit_file(glob \\"docs/**\\")"]}',
    ".vscode/tasks.json": '{"version": "2.0.0", "tasks": [{"label": "build", "type": "shell", "command": "make"}]}',
    ".git/config": "[core]\n",
  });
  await writeFile(join(root, "out.txt"), "outside\n");
  await symlink(join(root, "out.txt"), join(ws, "link"));
  const rulesFile = join(root, "rules.txt");
  return {
    root,
    ws,
    run: async (lines, rules) => {
      if (rules !== undefined) await writeFile(rulesFile, rules);
      const given = rules === undefined ? [] : ["--rules", rulesFile];
      return decide(["--workspace", ws, ...given], lines, join(root, "home"));
    },
  };
}

const call = (tool: string, input: unknown) => ({ tool, input });
const command = (line: string) => call("run_command", { command: line });
const short = ({ decision, tier, code }: Verdict): string =>
  [decision, tier, code].filter((part) => part !== null).join(" ");

async function snapshot(root: string): Promise<Readonly<Record<string, string>>> {
  const entries = await readdir(root, { recursive: true, withFileTypes: true });
  const files = entries.filter((entry) => entry.isFile()).map((entry) => join(entry.parentPath, entry.name));
  return Object.fromEntries(
    await Promise.all(files.toSorted().map(async (file) => [file, await readFile(file, "utf8")])),
  );
}

describe("npm run decide", { timeout: 240_000 }, () => {
  it("says of every tool what the policy makes of it, a line each, and runs and writes nothing", async (test) => {
    const { root, run } = await scene(test);
    const before = await snapshot(root);
    const asked: readonly (readonly [unknown, string])[] = [
      [call("read_file", { path: "src/a.ts" }), "allow"],
      [call("read_file", { path: "link" }), "ask 2"],
      [call("read_file", { path: ".env" }), "ask 1"],
      [call("read_file", { path: "id_ed25519" }), "deny E_SECRET"],
      [call("read_file", { path: "private/x" }), "deny E_IGNORED"],
      [call("search_files", { pattern: "x" }), "allow"],
      [call("write_file", { path: "new.txt", content: "x" }), "ask 1"],
      [call("write_file", { path: "../new.txt", content: "x" }), "ask 2"],
      [call("write_file", { path: ".vscode/settings.json", content: "{}" }), "ask 2"],
      [call("write_file", { path: ".git/config", content: "x" }), "deny E_PROTECTED"],
      [call("edit_file", { path: "src/a.ts", old_text: "1", new_text: "2" }), "ask 1"],
      [call("edit_file", { path: ".git/config", old_text: "not there", new_text: "2" }), "deny E_PROTECTED"],
      [call("run_task", { label: "build" }), "ask 1"],
      [command("touch made"), "ask 1"],
      [command("curl https://example.com"), "ask 2"],
      [command("git push origin main"), "deny E_RULE"],
    ];
    const { code, verdicts, stderr } = await run(asked.map(([line]) => line));
    assert.deepEqual([code, stderr], [0, ""]);
    assert.deepEqual(
      verdicts.map(short),
      asked.map(([, expected]) => expected),
    );
    assert.deepEqual(await snapshot(root), before);
  });

  it("prints decision, tier, code, rule, reason, resolved targets and labels", async (test) => {
    const { root, ws, run } = await scene(test);
    const { verdicts } = await run(
      [call("read_file", { path: "link" }), command("git status -s"), command("cat ../out.txt")],
      'allow run_command(prefix "git status *")\n',
    );
    const out = join(root, "out.txt");
    assert.deepEqual(verdicts, [
      {
        ...{ decision: "ask", tier: 2, code: null, rule: null, reason: `Outside the workspace: ${out}.` },
        ...{ targets: [out], labels: ["outside workspace"] },
      },
      {
        ...{ decision: "allow", tier: null, code: null, rule: 'allow run_command(prefix "git status *")' },
        reason: 'Allowed by your rule: allow run_command(prefix "git status *")',
        ...{ targets: [ws], labels: [] },
      },
      {
        ...{
          decision: "ask",
          tier: 2,
          code: null,
          rule: null,
          reason: "Outside the workspace. Rules do not cover it.",
        },
        ...{ targets: [ws, out], labels: ["outside workspace"] },
      },
    ]);
  });

  it("answers a line that is no call, an unknown tool and bad input with E_SCHEMA, and goes on", async (test) => {
    const { run } = await scene(test);
    const bad = [
      "no JSON",
      "[]",
      "{}",
      '{"tool": 1}',
      call("no_tool", {}),
      call("read_file", { path: 1 }),
      call("read_file", {}),
      { tool: "run_command" },
      command(" "),
    ];
    const { code, verdicts } = await run([...bad, "", call("read_file", { path: "src/a.ts" })]);
    assert.equal(code, 0);
    assert.deepEqual(verdicts.map(short), [...bad.map(() => "deny E_SCHEMA"), "allow"]);
  });

  it("names a rule that is none with its line and column on standard error, and goes by the others", async (test) => {
    const { root, run } = await scene(test);
    const rules = '# mine\n\n  allow run_command(prefix "git status *")\nallow run_command("x"\nallow everything\n';
    const { code, verdicts, stderr } = await run([command("git status"), command("x")], rules);
    assert.equal(code, 0);
    assert.deepEqual(verdicts.map(short), ["allow", "ask 1"]);
    const file = join(root, "rules.txt");
    const lines = stderr.trimEnd().split("\n");
    assert.deepEqual(
      lines.map((line) => line.startsWith(file) && /^:(\d+):\d+: ./.exec(line.slice(file.length))?.[1]),
      ["4", "5"],
    );
  });

  it("lets the repository ask and deny over the user's rules, but not allow", async (test) => {
    const { ws, run } = await scene(test);
    const rules = 'allow edit_file(glob "**")\nallow write_file(glob "**")\n';
    const edit = call("edit_file", { path: "docs/a.md", old_text: "a", new_text: "b" });
    await writeTree(ws, { "docs/a.md": "a\n" });
    const tightened = await run([edit, call("write_file", { path: "new.txt", content: "x" })], rules);
    assert.deepEqual(tightened.verdicts.map(short), ["ask 1", "allow"]);
    await writeFile(join(ws, "outcrop.policy.json"), '{"allow": ["run_command(prefix \\"ls *\\")"]}');
    const loosened = await run([command("ls")]);
    assert.deepEqual(loosened.verdicts.map(short), ["ask 1"]);
    assert.match(loosened.stderr, /^outcrop\.policy\.json: /);
  });

  it("refuses a wrong command line with a sentence and the usage, with exit code 2", async (test) => {
    const { root, ws } = await scene(test);
    const wrong = [
      [],
      ["--workspace", join(root, "none")],
      ["--workspace", ws, "--x"],
      ["--workspace", ws, "--rules", root],
    ];
    for (const parameters of wrong) {
      const { code, verdicts, stderr } = await decide(parameters, [command("ls")], root);
      assert.deepEqual([code, verdicts], [2, []]);
      assert.match(stderr, /\n\nUsage: npm run -s decide/);
    }
  });
});
