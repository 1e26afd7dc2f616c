import { type Ask, answer, explain, fence, needs, type Progress, type ToolOutcome } from "./progress.ts";
import { readTestOutput, tellingLines } from "./test-output.ts";
import { parseTaskList, parseTaskResult, type TaskResult } from "./tool-results.ts";
import type { Wish } from "./wishes.ts";

type Run = Extract<Wish, { kind: "run" }>;

const listTasks = { name: "run_task", input: {} };

/** Runs the task that the user means; when there is none of that name, picks one from the list of tasks. */
export function runATask(wish: Run, ask: Ask): Progress {
  const call = { name: "run_task", input: { label: wish.label } };
  const outcome = ask(call);
  if (outcome === undefined) {
    return needs("act", `Now I run the \`${wish.label}\` task.`, call);
  }
  const result = parseTaskResult(outcome.text);
  if (result !== undefined) {
    return report(result);
  }
  return outcome.kind === "failed" ? runAnother(wish, outcome, ask) : notRun(outcome, wish.label, wish);
}

/** Lists the tasks. */
export function listTheTasks(ask: Ask): Progress {
  const outcome = ask(listTasks);
  if (outcome === undefined) {
    return needs("read", "Let me list the tasks.", listTasks);
  }
  const labels = outcome.kind === "succeeded" ? parseTaskList(outcome.text) : [];
  if (outcome.kind === "succeeded") {
    return labels.length === 0
      ? answer("This workspace has no tasks.")
      : answer("This workspace has these tasks:", labels.map((label) => `- \`${label}\``).join("\n"));
  }
  return explain(outcome, listTasks, "list the tasks");
}

function runAnother(wish: Run, failure: ToolOutcome, ask: Ask): Progress {
  const told = parseTaskList(failure.text);
  const listed = told.length > 0 ? undefined : ask(listTasks);
  if (told.length === 0 && listed === undefined) {
    return needs("read", `That did not work. Let me see which tasks there are.`, listTasks);
  }
  const labels = listed?.kind === "succeeded" ? parseTaskList(listed.text) : told;
  const label = closestLabel(wish.label, labels);
  if (label === undefined || label === wish.label) {
    const tasks =
      listed === undefined || labels.length === 0
        ? ""
        : `The tasks here are ${labels.map((one) => `\`${one}\``).join(", ")}.`;
    const failed = explain(failure, { name: "run_task", input: { label: wish.label } }, purpose(wish));
    return failed.kind === "answer" ? answer(failed.text, tasks) : failed;
  }
  const call = { name: "run_task", input: { label } };
  const outcome = ask(call);
  if (outcome === undefined) {
    return needs("act", `There is a task \`${label}\`. I run that.`, call);
  }
  const result = parseTaskResult(outcome.text);
  return result === undefined ? notRun(outcome, label, wish) : report(result);
}

function closestLabel(wanted: string, labels: readonly string[]): string | undefined {
  const wish = wanted.toLowerCase();
  const same = labels.find((label) => label.toLowerCase() === wish);
  const byName = labels.find((label) =>
    label
      .toLowerCase()
      .split(/[:\s]+/u)
      .includes(wish),
  );
  return same ?? byName ?? labels.find((label) => label.toLowerCase().includes(wish));
}

function notRun(outcome: ToolOutcome, label: string, wish: Run): Progress {
  return explain(outcome, { name: "run_task", input: { label } }, purpose(wish));
}

function purpose({ label, clause }: Run): string {
  return label === "test" && /\bpass|\bgreen|\bfail/iu.test(clause) ? "say whether the tests pass" : `run \`${label}\``;
}

function report({ label, ending, output }: TaskResult): Progress {
  switch (ending.kind) {
    case "exited":
      return reportExit(label, ending.code, output);
    case "other": {
      const lines = output === "" ? "" : fence("text", tellingLines(output));
      return answer(`I do not know its result: the task \`${label}\` ${ending.how.replace(/[.:]?$/u, ".")}`, lines);
    }
  }
}

function reportExit(label: string, code: number, output: string): Progress {
  const tests = readTestOutput(output);
  const exit = `\`${label}\` finished with exit code ${code}`;
  if (tests === undefined) {
    const verdict = code === 0 ? `${exit}.` : `It failed: ${exit}.`;
    return answer(
      output === "" ? `${verdict} It printed nothing.` : `${verdict} It printed:`,
      output === "" ? "" : fence("text", tellingLines(output)),
    );
  }
  const counts = `${tests.passed} passed, ${tests.failed} failed`;
  if (code === 0 && tests.failed === 0) {
    return answer(`Yes, the tests pass: ${exit}, ${counts}.`);
  }
  const names = tests.failedNames.map((name) => `- ${name}`).join("\n");
  return answer(
    `No, the tests do not pass: ${exit}, ${counts}.${names === "" ? "" : " Failing:"}`,
    names,
    fence("text", tellingLines(output)),
  );
}
