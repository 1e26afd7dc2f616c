import assert from "node:assert/strict";
import { execFileSync } from "node:child_process";
import { chmod, mkdir, readFile, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { describe, it } from "node:test";
import { commandEnvironment } from "../../src/headless/command-environment.ts";
import { findMarked } from "../../src/headless/marked-processes.ts";
import { setVariables } from "../support/set-variables.ts";
import { untilGone } from "../support/until-gone.ts";
import { writeTree } from "../support/write-tree.ts";
import { type FileScene, fileScene, run } from "./file-scene.ts";

async function runLine({ prepare }: FileScene, command: string, more: object = {}): Promise<string> {
  return run(await prepare("run_command", { command, ...more }));
}

describe("run_command", () => {
  it("E03 without a rule every command asks, and an empty one is refused", async (test) => {
    const { judge } = await fileScene(test);
    for (const command of ["pwd", "true", "git status"]) {
      assert.equal((await judge("run_command", { command })).verdict, "ask 1", command);
    }
    for (const command of ["", "  \n\t", "a\u0000b"]) {
      assert.equal((await judge("run_command", { command })).verdict, "deny E_SCHEMA", JSON.stringify(command));
    }
  });

  it("E14 a look at a repository runs none of the programs that it names", async (test) => {
    const scene = await fileScene(test);
    const { ws, out } = scene;
    const ran = join(out, "ran");
    const helper = join(out, "helper.sh");
    await writeFile(helper, `#!/bin/sh\necho "$1" >> '${ran}'\ncat\n`);
    await chmod(helper, 0o755);
    await writeTree(ws, { "a.txt": "a\n", ".gitattributes": "*.txt diff=t filter=f\n" });
    const git = (...words: string[]) =>
      execFileSync("git", ["-c", "user.name=n", "-c", "user.email=e@x", ...words], { cwd: ws, stdio: "pipe" });
    git("init", "--quiet");
    git("add", ".");
    git("commit", "--quiet", "--message", "first");
    await mkdir(join(ws, ".git/hooks"), { recursive: true });
    for (const hook of ["post-index-change", "fsmonitor-watchman"]) {
      await writeFile(join(ws, ".git/hooks", hook), `#!/bin/sh\n'${helper}' ${hook}\n`);
      await chmod(join(ws, ".git/hooks", hook), 0o755);
    }
    for (const [name, what] of [
      ["core.fsmonitor", "fsmonitor"],
      ["core.pager", "pager"],
      ["diff.external", "external"],
      ["diff.t.textconv", "textconv"],
      ["filter.f.clean", "clean"],
      ["filter.f.process", "process"],
    ] as const) {
      git("config", name, `${helper} ${what}`);
    }
    await writeFile(join(ws, "a.txt"), "b\n");
    for (const command of ["git status", "git diff", "git log -p", "git show", "git diff --stat"]) {
      await runLine(scene, command);
      await assert.rejects(readFile(ran, "utf8"), /ENOENT/, command);
    }
    execFileSync("git", ["status"], { cwd: ws, stdio: "pipe" });
    assert.match(await readFile(ran, "utf8"), /fsmonitor/, "without the pins it does run them");
  });

  it("E14 a look at a repository runs nothing that a repository within it names", async (test) => {
    const scene = await fileScene(test);
    const inner = join(scene.ws, "inner");
    const [ran, helper] = [join(scene.out, "ran"), join(scene.out, "helper.sh")];
    await writeFile(helper, `#!/bin/sh\necho clean >> '${ran}'\ncat\n`);
    await chmod(helper, 0o755);
    await writeTree(inner, { "a.txt": "a\n" });
    for (const cwd of [inner, scene.ws]) {
      const git = (...words: string[]) =>
        execFileSync("git", ["-c", "user.name=n", "-c", "user.email=e@x", ...words], { cwd, stdio: "pipe" });
      git("init", "--quiet");
      git("add", ".");
      git("commit", "--quiet", "--message", "first");
    }
    execFileSync("git", ["config", "filter.f.clean", helper], { cwd: inner });
    await writeTree(inner, { ".git/info/attributes": "*.txt filter=f\n", "a.txt": "b\n" });
    for (const command of ["git status", "git diff", "git diff HEAD", "git status --short"]) {
      await runLine(scene, command);
      await assert.rejects(readFile(ran, "utf8"), /ENOENT/, command);
    }
    execFileSync("git", ["status"], { cwd: scene.ws, stdio: "pipe" });
    assert.match(await readFile(ran, "utf8"), /clean/, "without the pins it does run it");
  });

  it("E14 hooks run where the user let the command run", async (test) => {
    const scene = await fileScene(test);
    execFileSync("git", ["init", "--quiet"], { cwd: scene.ws });
    await writeTree(scene.ws, { ".git/hooks/pre-commit": "#!/bin/sh\necho hooked > hooked\n", a: "a\n" });
    await chmod(join(scene.ws, ".git/hooks/pre-commit"), 0o755);
    const command = "git add a; git -c user.name=n -c user.email=e@x commit -m x; ls hooked";
    assert.match(await runLine(scene, command), /^The command finished with exit code 2\n/);
    const call = await scene.prepare("run_command", {
      command: `${command} && git log --oneline; echo b >> a; ${command}`,
    });
    const { content } = await call.run({
      signal: new AbortController().signal,
      allowedBy: "user",
      output: () => undefined,
    });
    assert.match(content[0]?.text ?? "", /^The command finished with exit code 0\n/);
  });

  it("E18 what a command starts in the background ends with it, daemons too", async (test) => {
    const scene = await fileScene(test);
    const sleeper = "setsid --fork sh -c 'echo $$ > daemon; trap \"\" TERM; while true; do sleep 0.1; done'";
    const text = await runLine(
      scene,
      `sleep 300 & echo $! > child; ${sleeper}; until [ -s daemon ]; do sleep 0.05; done`,
    );
    assert.match(text, /^The command finished with exit code 0\n/);
    for (const name of ["child", "daemon"]) {
      const id = (await readFile(join(scene.ws, name), "utf8")).trim();
      await untilGone(Number(id));
    }
  });

  it("E18 stopping ends the whole tree, daemons too", async (test) => {
    const scene = await fileScene(test);
    const controller = new AbortController();
    const command = "setsid --fork sleep 301; (sleep 302 & sleep 303) & echo $OUTCROP_COMMAND; sleep 304";
    const call = await scene.prepare("run_command", { command });
    let printed = "";
    const running = run(call, {
      signal: controller.signal,
      output: (text) => {
        printed += text;
        if (printed.includes("\n")) controller.abort(new Error("stopped"));
      },
    });
    await assert.rejects(running, /stopped/);
    assert.match(printed, /^[0-9a-f-]{36}\n$/);
    assert.deepEqual(findMarked(`OUTCROP_COMMAND=${printed.trim()}`), []);
  });

  it("E19 there is no input to wait for", async (test) => {
    const scene = await fileScene(test);
    assert.equal(await runLine(scene, 'read line; echo "$? [$line]"'), "The command finished with exit code 0\n1 []");
    assert.equal(await runLine(scene, "tty; cat"), "The command finished with exit code 0\nnot a tty");
  });

  it("G15 the shell gets exactly the text that is shown", async (test) => {
    const scene = await fileScene(test);
    const lines = ["echo 'a &amp;&amp; b' \"%41\" '\\u0026'", "-x; echo dash", "printf '%s\\n' \"$0\" ok\necho second"];
    const prints = ["a &amp;&amp; b %41 \\u0026", undefined, "/bin/bash\nok\nsecond"];
    for (const [index, command] of lines.entries()) {
      const call = await scene.prepare("run_command", { command });
      assert.deepEqual([call.command?.line, call.subject.details[0]?.value], [command, command]);
      const text = await run(call);
      const wanted = prints[index];
      if (wanted !== undefined) assert.equal(text, `The command finished with exit code 0\n${wanted}`);
      // What is printed on two streams comes in either order.
      else assert.match(text, /exit code 0\n(?=.*-x: command not found$)(?:.*\n)?dash$/ms, "no flag of the shell's");
    }
  });

  it("K05 a command's environment holds nothing but what is allowed", async (test) => {
    const scene = await fileScene(test);
    const secret = {
      ...{ AWS_SECRET_ACCESS_KEY: "canary", AWS_PROFILE: "canary", BEDROCK_KEY: "canary", GITHUB_TOKEN: "canary" },
      ...{ NODE_OPTIONS: "--no-warnings", ELECTRON_RUN_AS_NODE: "1", VSCODE_PID: "canary", SSH_AUTH_SOCK: "canary" },
      ...{ BASH_ENV: "/canary", "BASH_FUNC_ls%%": "() { echo canary; }", LD_PRELOAD: "", GIT_SSH_COMMAND: "canary" },
    };
    setVariables(test, secret);
    const text = await runLine(scene, "env -0 | tr '\\0' '\\n' | cut -d= -f1 | sort");
    const names = text.split("\n").slice(1);
    const git = ["GIT_CONFIG_COUNT", "GIT_OPTIONAL_LOCKS", "GIT_PAGER", "GIT_TERMINAL_PROMPT"];
    const allowed = [
      "HOME",
      "LANG",
      "LOGNAME",
      "OUTCROP_COMMAND",
      "PAGER",
      "PATH",
      "SHELL",
      "TERM",
      "TMPDIR",
      "TZ",
      "USER",
    ];
    const shell = ["PWD", "OLDPWD", "SHLVL", "_"];
    const further = names.filter((name) => ![...git, ...allowed, ...shell].includes(name));
    assert.deepEqual(
      further.filter((name) => !/^(GIT_CONFIG_(KEY|VALUE)_\d|LC_[A-Z]+)$/.test(name)),
      [],
    );
    assert.ok(names.includes("PATH") && names.includes("GIT_CONFIG_COUNT"));
    assert.doesNotMatch(await runLine(scene, "env; ls"), /canary/);
  });

  it("K05 PATH keeps no entry that depends on the folder, and the user may let names through", () => {
    const options = { withHooks: false, mark: "m", furtherPins: [], alsoAllowed: ["JAVA_HOME"] };
    const environment = { PATH: ".:/usr/bin::bin:/bin", JAVA_HOME: "/jdk", OTHER: "x" };
    const posix = commandEnvironment({ ...options, environment, platform: "linux" });
    assert.deepEqual([posix["PATH"], posix["JAVA_HOME"], posix["OTHER"]], ["/usr/bin:/bin", "/jdk", undefined]);
    const onWindows = { Path: "C:\\Windows;.;bin;D:\\x;\\\\host\\share", SystemRoot: "C:\\Windows" };
    const windows = commandEnvironment({ ...options, environment: onWindows, platform: "win32" });
    assert.deepEqual(
      [windows["PATH"], windows["SystemRoot"], windows["Path"]],
      ["C:\\Windows;D:\\x", "C:\\Windows", undefined],
    );
  });

  it("N07 output without end or without lines is cut in the middle, in bounded memory", {
    timeout: 60_000,
  }, async (test) => {
    const scene = await fileScene(test);
    const before = process.memoryUsage().rss;
    let shown = 0;
    for (const command of [
      "yes abcdefgh | head -c 60000000; echo end",
      "head -c 60000000 /dev/zero | tr '\\0' x; echo; echo end",
    ]) {
      const call = await scene.prepare("run_command", { command });
      const text = await run(call, {
        output: (part) => {
          shown += part.length;
        },
      });
      assert.ok(text.length <= 48_000, `${text.length}`);
      assert.match(
        text,
        /^The command finished with exit code 0\n.*characters left out.*end\n\n\(The beginning of the output is in [^\n]*\)$/s,
      );
      assert.ok(shown <= 10_000_100, `${shown}`);
      shown = 0;
    }
    assert.ok(process.memoryUsage().rss - before < 300_000_000);
  });

  it("N08 a command that does not end is ended, and what it printed is told", async (test) => {
    const scene = await fileScene(test);
    const { call } = await scene.judge("run_command", { command: "sleep 300" });
    assert.deepEqual(call?.subject.details.at(-1), { label: "Time limit", value: "120 seconds" });
    assert.equal((await scene.judge("run_command", { command: "x", timeout_seconds: 601 })).verdict, "deny E_SCHEMA");
    const text = await runLine(scene, "echo begun; sleep 300", { timeout_seconds: 1 });
    assert.equal(text, "The command did not finish within 1 seconds and was ended. Its output until then:\nbegun");
  });

  it("N09 many children end together", { timeout: 60_000 }, async (test) => {
    const scene = await fileScene(test);
    const command = "for i in $(seq 200); do sleep 305 & done; echo $OUTCROP_COMMAND; wait";
    const text = await runLine(scene, command, { timeout_seconds: 3 });
    const mark = /then:\n([0-9a-f-]{36})/.exec(text)?.[1] ?? assert.fail(text);
    assert.deepEqual(findMarked(`OUTCROP_COMMAND=${mark}`), []);
  });
});
