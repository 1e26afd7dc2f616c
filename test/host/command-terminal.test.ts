import assert from "node:assert/strict";
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { after, before, test } from "node:test";
import * as vscode from "vscode";
import type { CommandCall } from "../../src/agent/tool.ts";
import { commandEnvironment, MARK_NAME } from "../../src/headless/command-environment.ts";
import { findMarked } from "../../src/headless/marked-processes.ts";
import { ShellPrograms } from "../../src/headless/shell-programs.ts";
import { openFolders } from "../../src/vscode/editor-workspace.ts";
import { TerminalPrograms } from "../../src/vscode/terminal/terminal-programs.ts";
import { untilGone } from "../support/until-gone.ts";

let root = "";
let programs: TerminalPrograms;

function create(shell?: string): TerminalPrograms {
  const headless = new ShellPrograms();
  return new TerminalPrograms({
    headless: shell === undefined ? headless : Object.assign(headless, { shell }),
    environment: {
      variables: (mark) => {
        const { env: environment, platform } = process;
        const options = { environment, platform, alsoAllowed: [], withHooks: true, mark, furtherPins: [] };
        const { TERM: _, ...variables } = commandEnvironment(options);
        return Object.fromEntries(Object.entries(variables).map(([name, value = ""]) => [name, value]));
      },
      findMarked: (mark) => findMarked(`${MARK_NAME}=${mark}`),
    },
    mayUse: () => true,
  });
}

before(() => {
  root = openFolders()[0]?.path ?? assert.fail("no folder is open");
  programs = create();
});

after(() => programs.dispose());

async function run(line: string, options: { readonly withHooks?: boolean; readonly signal?: AbortSignal } = {}) {
  const command: CommandCall = { line, cwd: root, shell: programs.shell };
  const { withHooks = true, signal = new AbortController().signal } = options;
  let text = "";
  const output = (part: string): void => {
    text += part;
  };
  const exitCode = await programs.run(command, { withHooks, signal, output });
  return { exitCode, text };
}

/** The next command that begins in a terminal. */
function nextStart(): Promise<vscode.TerminalShellExecutionStartEvent> {
  return new Promise((resolve) => {
    const subscription = vscode.window.onDidStartTerminalShellExecution((event) => {
      subscription.dispose();
      resolve(event);
    });
  });
}

function terminals(): readonly vscode.Terminal[] {
  return vscode.window.terminals.filter(({ name }) => name === "Outcrop");
}

test("A command that the user allowed runs in a terminal of its own kind: exit code, output and folder", async () => {
  const { exitCode, text } = await run("pwd; echo 'two words'; exit 3");
  assert.equal(exitCode, 3);
  assert.match(text, new RegExp(`${root}\\r?\\ntwo words`));
  assert.equal(terminals().length, 1);
});

test("The terminal is used again when it is free, and nothing of the command before is left in it", async () => {
  await run("cd /; export LEFT=over; echo() { printf 'another echo'; }; alias pwd=true; set -e");
  const { exitCode, text } = await run('echo "[$LEFT]"; pwd; false; echo end!! "!x"');
  assert.equal(exitCode, 0);
  assert.match(text, new RegExp(`\\[\\]\\r?\\n${root}\\r?\\nend!! !x`));
  assert.equal(terminals().length, 1);
});

test("Lines with line ends, tabs and quotes are run as they are", async () => {
  const { exitCode, text } = await run("printf '%s|' a 'b\tc' \"it's\"\ncat <<X\n\\x41 $((1+1))\nX\n");
  assert.equal(exitCode, 0);
  assert.ok(text.includes("a|b") && text.includes("it's|"), JSON.stringify(text));
  assert.ok(text.includes("\\x41 2"), JSON.stringify(text));
});

test("The terminal's environment is the one of commands, without start files; there is no standard input", async () => {
  const { text } = await run('env; cat; echo "input: $?"');
  assert.ok(!/^(AWS_|BEDROCK|NODE_OPTIONS|ELECTRON_RUN_AS_NODE|VSCODE_IPC)/m.test(text), text);
  assert.match(text, /^PAGER=cat\r?$/m);
  assert.match(text, /input: 0/);
});

test("What a rule allowed runs without a terminal, and so does what is too long to be typed", async () => {
  const before = terminals().length;
  let started = 0;
  const subscription = vscode.window.onDidStartTerminalShellExecution(() => {
    started++;
  });
  assert.deepEqual(await run("echo quiet", { withHooks: false }), { exitCode: 0, text: "quiet\n" });
  assert.equal((await run(`echo ${"x".repeat(5000)}`)).text.length, 5001);
  subscription.dispose();
  assert.deepEqual([terminals().length, started], [before, 0]);
});

test("Stop ends the command with all that it started, and the terminal is free again", async () => {
  const controller = new AbortController();
  const reason = new Error("stopped");
  const file = `${root}/ids`;
  const line = `trap '' INT TERM; setsid sleep 300 & echo $! > ${file}; sleep 301 & echo $! >> ${file}; echo started; wait`;
  let text = "";
  const command: CommandCall = { line, cwd: root, shell: programs.shell };
  const ending = programs.run(command, {
    withHooks: true,
    signal: controller.signal,
    output: (part) => {
      text += part;
      if (text.includes("started")) controller.abort(reason);
    },
  });
  await assert.rejects(ending, reason);
  const ids = readFileSync(file, "utf8").trim().split("\n").map(Number);
  assert.equal(ids.length, 2);
  for (const id of ids) await untilGone(id);
  assert.equal((await run("echo again")).exitCode, 0);
});

test("What a command leaves running ends with it", async () => {
  const { text } = await run("sleep 300 & echo id=$!");
  await untilGone(Number(/id=(\d+)/.exec(text)?.[1]));
});

test("A busy terminal is left alone: a second command gets another one", async () => {
  const controller = new AbortController();
  const started = nextStart();
  const first = run("sleep 60", { signal: controller.signal });
  first.catch(() => undefined);
  await started;
  const { text } = await run("echo beside");
  assert.match(text, /beside/);
  assert.equal(terminals().length, 2);
  controller.abort(new Error("over"));
  await assert.rejects(first, /over/);
});

test("A shell that is slow to start has its terminal too, once another one was understood", async () => {
  const folder = mkdtempSync(join(tmpdir(), "outcrop-slow-"));
  try {
    const [shell, slow] = [join(folder, "bash"), join(folder, "slow")];
    writeFileSync(shell, `#!/bin/bash\n[ -e ${slow} ] && /bin/sleep 6\nexec /bin/bash "$@"\n`, { mode: 0o755 });
    programs.dispose();
    programs = create(shell);
    await run("echo quick");
    const before = terminals().length;
    const controller = new AbortController();
    const started = nextStart();
    const first = run("sleep 60", { signal: controller.signal });
    first.catch(() => undefined);
    await started;
    writeFileSync(slow, "");
    assert.match((await run("echo late")).text, /late/);
    assert.equal(terminals().length, before + 1);
    controller.abort(new Error("over"));
    await assert.rejects(first, /over/);
  } finally {
    rmSync(folder, { recursive: true, force: true });
    programs.dispose();
    programs = create();
  }
});

test("A terminal that is closed under a command ends it; its exit code is not known", async () => {
  const started = nextStart();
  const ending = run("sleep 60");
  const { terminal } = await started;
  terminal.dispose();
  assert.equal((await ending).exitCode, undefined);
});

test("A shell without integration runs without a terminal, and none stays open", async () => {
  programs.dispose();
  programs = create("/bin/sh");
  assert.deepEqual(await run("echo plain"), { exitCode: 0, text: "plain\n" });
});
