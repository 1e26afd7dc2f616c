import assert from "node:assert/strict";
import { it } from "node:test";
import { TurnBudget } from "../../../src/policy/budgets/turn-budget.ts";
import { guardedRun } from "../../../src/policy/guarded-run.ts";
import { Redactor } from "../../../src/policy/redaction/redactor.ts";
import { WholeResults } from "../../../src/tools/results/whole-results.ts";
import { fakeGate } from "../../support/fake-gate.ts";
import { answeringTool } from "../../support/fake-tool.ts";
import { playTurn } from "../../support/play-turn.ts";
import { messageStop, ScriptedModel, toolBlock, usage } from "../../support/scripted-model.ts";

it("Stop ends the wait for a disk that does not take a long result", async () => {
  const controller = new AbortController();
  const results = new WholeResults(() => {
    controller.abort(new Error("stopped"));
    return new Promise<never>(() => undefined);
  });
  const gate = fakeGate(async ({ call }) => ({
    kind: "allow",
    timeoutMs: call.timeoutMs,
    run: guardedRun(call, {
      ...{ results, redactor: new Redactor(), allowedBy: "policy", warning: undefined },
      budget: new TurnBudget(() => 0),
      begin: () => undefined,
      settle: async () => undefined,
    }),
  }));
  const model = new ScriptedModel([...toolBlock(0, "use-1", "read_all", "{}"), messageStop("tool_use"), usage(1, 1)]);
  const tools = [answeringTool("read_all", "line\n".repeat(20_000))];

  const { outcome, messages } = await playTurn({ model, tools, gate, signal: controller.signal });

  assert.equal(outcome.kind, "cancelled");
  const [result] = messages.flatMap(({ content = [] }) => content.flatMap(({ toolResult }) => toolResult ?? []));
  assert.deepEqual(
    [result?.status, result?.content],
    ["error", [{ text: "The user stopped the turn. This call was not completed." }]],
  );
});
