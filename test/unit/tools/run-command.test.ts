import assert from "node:assert/strict";
import { mkdir, symlink } from "node:fs/promises";
import { join } from "node:path";
import { describe, it } from "node:test";
import type { CommandCall } from "../../../src/agent/tool.ts";
import type { ProgramOptions, ProgramRunner } from "../../../src/tools/program-runner.ts";
import { createRunCommand } from "../../../src/tools/run-command.ts";
import { fixedWorkspace } from "../../support/fixed-workspace.ts";
import { runTool } from "../../support/run-tool.ts";
import { temporaryFolder } from "../../support/temporary-folder.ts";

/** Prints what it is told to, and ends so. */
class FakePrograms implements ProgramRunner {
  readonly shell = "/bin/sh";
  readonly environment = "nothing";
  readonly ran: CommandCall[] = [];
  readonly #prints: readonly string[];
  readonly #exitCode: number;

  constructor(exitCode = 0, ...prints: readonly string[]) {
    this.#exitCode = exitCode;
    this.#prints = prints;
  }

  async run(command: CommandCall, { output }: ProgramOptions): Promise<number> {
    this.ran.push(command);
    for (const text of this.#prints) output(text);
    return this.#exitCode;
  }

  async check(): Promise<void> {}
}

describe("run_command", () => {
  it("asks with everything that decides what will run", async (test) => {
    const folder = await temporaryFolder(test);
    await mkdir(join(folder, "sub"));
    await symlink("sub", join(folder, "linked"));
    const programs = new FakePrograms();
    const input = { command: "npm  test\n", cwd: "linked", timeout_seconds: 5 };
    const { call } = await runTool(createRunCommand(fixedWorkspace([folder]), programs), input);
    const command = { line: "npm  test\n", cwd: join(folder, "sub"), shell: "/bin/sh" };
    assert.deepEqual([call.effect, call.command, programs.ran], ["execute", command, [command]]);
    assert.deepEqual(call.targets, [{ path: join(folder, "linked"), access: "read", canonical: join(folder, "sub") }]);
    assert.deepEqual(call.subject, {
      question: "Run this command?",
      details: [
        { label: "Command", value: "npm  test\n", format: "command" },
        { label: "Folder", value: join(folder, "linked") },
        { label: "Leads to", value: join(folder, "sub") },
        { label: "Shell", value: "/bin/sh" },
        { label: "Environment", value: "nothing" },
        { label: "Time limit", value: "5 seconds" },
      ],
    });
  });

  it("tells exit code and output, without what steers a terminal", async (test) => {
    const folder = await temporaryFolder(test);
    const programs = new FakePrograms(3, "\x1b[31mred\x1b[0m\r\n", "50%\r100%\n\x1b]52;c;eA==\x07do", "ne");
    const { call, title, exitCode, warning, text, live } = await runTool(
      createRunCommand(fixedWorkspace([folder]), programs),
      {
        command: "make  all",
      },
    );
    assert.deepEqual([call.title, title], ['Running "make all"', 'Ran "make all", exit code 3']);
    assert.deepEqual([exitCode, warning], [3, true], "for the audit log, and for the row");
    assert.equal(text, "The command finished with exit code 3\nred\n100%\ndone");
    assert.equal(live, "red\n100%\ndone");
  });

  it("says that nothing was printed", async (test) => {
    const folder = await temporaryFolder(test);
    const { text } = await runTool(createRunCommand(fixedWorkspace([folder]), new FakePrograms()), { command: "true" });
    assert.equal(text, "The command finished with exit code 0\n(it printed nothing)");
  });
});
