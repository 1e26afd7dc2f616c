import assert from "node:assert/strict";
import { describe, it, type TestContext } from "node:test";
import type { ToolContext } from "../../../../src/agent/tool.ts";
import type { RunningChoice } from "../../../../src/protocol/running-choice.ts";
import { createGetOutput } from "../../../../src/tools/get-output.ts";
import { createRunCommand } from "../../../../src/tools/run-command.ts";
import { SessionPrograms } from "../../../../src/tools/running/session-programs.ts";
import { fixedWorkspace } from "../../../support/fixed-workspace.ts";
import { HeldProgram } from "../../../support/held-program.ts";
import { runTool } from "../../../support/run-tool.ts";
import { temporaryFolder } from "../../../support/temporary-folder.ts";

interface Question {
  readonly endsAt: number | null;
  choose(choice: RunningChoice): void;
}

/** A command that runs until the test ends it, and the questions about it. */
async function runHeld(test: TestContext, seconds = 600) {
  const program = new HeldProgram();
  const running = new SessionPrograms();
  const workspace = fixedWorkspace([await temporaryFolder(test)]);
  const tool = createRunCommand(workspace, program, running, { offerAfterMs: 0 });
  const stop = new AbortController();
  const questions: Question[] = [];
  const heard: ((question: Question) => void)[] = [];
  const context: ToolContext = {
    signal: stop.signal,
    output: () => undefined,
    stillRunning: (endsAt) =>
      new Promise((choose) => {
        const question = { endsAt, choose };
        const hear = heard.shift();
        if (hear === undefined) questions.push(question);
        else hear(question);
      }),
  };
  const call = await tool.prepare({ command: "npm run watch", timeout_seconds: seconds }, stop.signal);
  const ending = call
    .run(context)
    .then(({ title, exitCode, content }) => ({ title, exitCode, text: content[0]?.text }));
  ending.catch(() => undefined);
  await program.started;
  const question = async (): Promise<Question> => questions.shift() ?? new Promise((resolve) => heard.push(resolve));
  return { program, running, stop, ending, question, getOutput: createGetOutput(running) };
}

const idIn = (text = ""): string => /id: ([0-9a-f]{8})\)/.exec(text)?.[1] ?? assert.fail(text);

describe("a command that runs for long", () => {
  it("is left running where the user wants its output so far, and get_output reads on until its end", async (test) => {
    const { program, running, ending, question, getOutput } = await runHeld(test);
    program.print("first\n");
    (await question()).choose("use-output");
    const { title, exitCode, text } = await ending;
    assert.deepEqual([title, exitCode], ['Started "npm run watch", it goes on running', undefined]);
    const id = idIn(text);
    assert.equal(
      text,
      `The command goes on running until it ends or this chat does; read on with get_output (id: ${id}). Its output so far:\nfirst`,
    );
    assert.equal(program.wasEnded, false);
    program.print("second\nthird\n");
    const lines = await runTool(getOutput, { id, tail_lines: 2 });
    assert.equal(lines.call.effect, "read");
    assert.match(lines.text, /^The command npm run watch goes on running \(for \d+ seconds so far\)\nsecond\nthird$/);
    const waiting = runTool(getOutput, { id, wait_seconds: 60 });
    program.exit(2);
    assert.equal((await waiting).text, "The command finished with exit code 2\nfirst\nsecond\nthird");
    assert.deepEqual(
      running.left.map(({ isRunning }) => isRunning),
      [false],
    );
  });

  it("has no time limit any more once the user waits on, and can still be ended", async (test) => {
    const startedAt = Date.now();
    const { program, ending, question } = await runHeld(test, 3);
    const first = await question();
    assert.ok(first.endsAt !== null && first.endsAt >= startedAt + 3000);
    first.choose("wait");
    const second = await question();
    assert.equal(second.endsAt, null);
    // Begun later with the same limit: when it has come to its end, so would this one have.
    await (await runHeld(test, 3)).ending;
    assert.equal(program.wasEnded, false);
    program.print("so far\n");
    second.choose("stop");
    const { title, text } = await ending;
    assert.deepEqual(
      [title, text, program.wasEnded],
      [
        'Ran "npm run watch", ended by you',
        "The user ended the command while it ran. Its output until then:\nso far",
        true,
      ],
    );
  });

  it("is ended at its time limit where nobody chooses", async (test) => {
    const { program, ending } = await runHeld(test, 1);
    program.print("so far\n");
    const { text } = await ending;
    assert.equal(text, "The command did not finish within 1 seconds and was ended. Its output until then:\nso far");
    assert.equal(program.wasEnded, true);
  });

  it("can be ended, or left alone, while get_output waits for it, which shows what comes meanwhile", async (test) => {
    const { program, running, ending, question } = await runHeld(test);
    (await question()).choose("use-output");
    const id = idIn((await ending).text);
    const choices: RunningChoice[] = ["use-output", "stop"];
    const read = async () => {
      let live = "";
      const output = (text: string): void => {
        live += text;
      };
      const { signal } = new AbortController();
      const call = await createGetOutput(running, 0).prepare({ id, wait_seconds: 120 }, signal);
      const stillRunning: ToolContext["stillRunning"] = async (endsAt) => {
        assert.equal(endsAt, null);
        program.print(`asked, ${choices.length} left\n`);
        return choices.shift() ?? assert.fail("asked again");
      };
      const { content } = await call.run({ signal, output, stillRunning });
      return { live, text: content[0]?.text ?? "" };
    };
    const first = await read();
    assert.match(first.text, /^The command npm run watch goes on running .*\nasked, 2 left$/);
    assert.equal(program.wasEnded, false);
    assert.deepEqual(await read(), {
      live: "asked, 1 left\n",
      text: "The user ended it. The command npm run watch was ended\nasked, 2 left\nasked, 1 left",
    });
    assert.equal(program.wasEnded, true);
  });

  it("ends with Stop, and with the session once it is left", async (test) => {
    const stopped = await runHeld(test);
    stopped.stop.abort(new Error("stopped"));
    await assert.rejects(stopped.ending, /stopped/);
    assert.deepEqual([stopped.program.wasEnded, stopped.running.left], [true, []]);
    const left = await runHeld(test);
    (await left.question()).choose("use-output");
    const id = idIn((await left.ending).text);
    left.stop.abort(new Error("the turn is over"));
    assert.equal(left.program.wasEnded, false);
    await left.running.endAll();
    assert.equal(left.program.wasEnded, true);
    assert.equal(
      (await runTool(left.getOutput, { id })).text,
      "The command npm run watch was ended\n(it printed nothing)",
    );
  });

  it("is told by its id alone: another one is refused with those that there are", async (test) => {
    const { ending, question, getOutput } = await runHeld(test);
    await assert.rejects(
      runTool(getOutput, { id: "x" }),
      /^ToolError: Nothing with the id x was left running\. Nothing/,
    );
    (await question()).choose("use-output");
    const id = idIn((await ending).text);
    await assert.rejects(
      runTool(getOutput, { id: "x" }),
      new RegExp(`There are:\n- ${id}: The command npm run watch$`),
    );
  });

  it("get_output waits no longer than it is asked to, and Stop ends the wait", async (test) => {
    const { program, ending, question, getOutput } = await runHeld(test);
    (await question()).choose("use-output");
    const id = idIn((await ending).text);
    assert.match((await runTool(getOutput, { id, wait_seconds: 1 })).text, /goes on running/);
    const stop = new AbortController();
    const waiting = runTool(getOutput, { id, wait_seconds: 100 }, stop.signal);
    stop.abort(new Error("stopped"));
    await assert.rejects(waiting, /stopped/);
    assert.equal(program.wasEnded, false);
  });
});
