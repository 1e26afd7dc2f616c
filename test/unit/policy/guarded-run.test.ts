import assert from "node:assert/strict";
import { describe, it } from "node:test";
import { type ToolContext, ToolError, type ToolSuccess } from "../../../src/agent/tool.ts";
import { TurnBudget } from "../../../src/policy/budgets/turn-budget.ts";
import { guardedRun, type RunGuard } from "../../../src/policy/guarded-run.ts";
import { Redactor } from "../../../src/policy/redaction/redactor.ts";
import { executing } from "./gate-scene.ts";

const secret = "canary-of-the-run";

/** Runs a call whose work is given, with this secret known. */
function guarded(run: (context: ToolContext) => Promise<ToolSuccess>, changes: Partial<RunGuard> = {}) {
  const settled: unknown[] = [];
  const shown: string[] = [];
  const redactor = new Redactor({ liveSecrets: [{ value: secret, kind: "credential" }] });
  const guard: RunGuard = {
    redactor,
    results: { fit: async (content) => content, fitError: async (text) => text },
    allowedBy: "policy",
    budget: new TurnBudget(() => 0),
    warning: undefined,
    begin: () => undefined,
    settle: async (...how) => void settled.push(how),
    ...changes,
  };
  const start = guardedRun(executing({ run }), guard);
  const controller = new AbortController();
  const result = () => start({ signal: controller.signal, output: (text) => void shown.push(text) });
  return { result, settled, shown, controller };
}

describe("guardedRun", () => {
  it("masks live output however it is cut, the result, its members' names and the title, and says who allowed it", async () => {
    const { result, settled, shown } = guarded(async ({ output, allowedBy }) => {
      for (const letter of `one ${secret}\ntwo`) output(letter);
      const json = { [secret]: [secret, 1, null], allowedBy: allowedBy ?? "" };
      return { content: [{ text: `a ${secret}` }, { json }], title: `Ran ${secret}` };
    });
    const mark = "[redacted:credential#1]";
    const content = [{ text: `a ${mark}` }, { json: { [mark]: [mark, 1, null], allowedBy: "policy" } }];
    assert.deepEqual(await result(), { content, title: `Ran ${mark}` });
    assert.equal(shown.join(""), `one ${mark}\ntwo`);
    assert.deepEqual(settled, [["succeeded", Buffer.byteLength(JSON.stringify(content))]]);
  });

  it("makes result and error fit for the model when they are masked, and records the bytes that it gets", async () => {
    const asked: unknown[] = [];
    const results: RunGuard["results"] = {
      fit: async (content, whenCut) => {
        asked.push(content, whenCut);
        return [{ text: "head and tail" }];
      },
      fitError: async (text) => `short: ${text}`,
    };
    const run = async () => ({ content: [{ text: `a ${secret}` }], title: "T", whenCut: "Ask for less." });
    const { result, settled } = guarded(run, { results, warning: "Three times now." });
    const content = [{ text: "head and tail" }, { text: "Three times now." }];
    assert.deepEqual(await result(), { content, title: "T" });
    assert.deepEqual(asked, [[{ text: "a [redacted:credential#1]" }], "Ask for less."]);
    assert.deepEqual(settled, [["succeeded", Buffer.byteLength(JSON.stringify(content))]]);
    const failing = guarded(() => Promise.reject(new ToolError(`no ${secret}`)), { results });
    await assert.rejects(failing.result(), /^ToolError: short: no \[redacted:credential#1\]$/);
  });

  it("records a program's exit code", async () => {
    const { result, settled } = guarded(async () => ({ content: [], title: "Ran", exitCode: 3 }));
    assert.deepEqual(await result(), { content: [], title: "Ran", exitCode: 3 });
    assert.deepEqual(settled, [[3, 2]]);
  });

  it("puts the warning behind the result", async () => {
    const run = async () => ({ content: [{ text: "a" }], title: "T" });
    const { result } = guarded(run, { warning: "Three times now." });
    assert.deepEqual((await result()).content, [{ text: "a" }, { text: "Three times now." }]);
  });

  it("masks an error of any class, and keeps whether it was expected", async () => {
    const errors: readonly (readonly [unknown, RegExp])[] = [
      [new ToolError(`no ${secret}`), /^ToolError: no \[redacted:credential#1\]$/],
      [new TypeError(`no ${secret}`), /^Error: no \[redacted:credential#1\]$/],
      [new DOMException(`no ${secret}`, "AbortError"), /^Error: no \[redacted:credential#1\]$/],
      [Object.freeze(new Error(secret)), /^Error: \[redacted:credential#1\]$/],
      [`text ${secret}`, /^Error: text \[redacted:credential#1\]$/],
    ];
    for (const [error, expected] of errors) {
      const { result, settled } = guarded(() => Promise.reject(error));
      await assert.rejects(result(), expected);
      assert.deepEqual(settled, [["failed", 0]]);
    }
  });

  it("throws an error without a secret as it is", async () => {
    const error = new RangeError("bug");
    await assert.rejects(guarded(() => Promise.reject(error)).result(), (thrown) => thrown === error);
  });

  it("records a run that Stop ended as cancelled", async () => {
    const { result, settled, controller } = guarded(async ({ signal }) => {
      controller.abort(new Error("stopped"));
      signal.throwIfAborted();
      return { content: [], title: "" };
    });
    await assert.rejects(result(), /stopped/);
    assert.deepEqual(settled, [["cancelled", 0]]);
  });

  it("runs nothing where it may not begin, and records no end of what did not run", async () => {
    const begin = (): never => {
      throw new ToolError("not now");
    };
    const { result, settled } = guarded(() => assert.fail("was run"), { begin });
    await assert.rejects(result(), /not now/);
    assert.deepEqual(settled, []);
  });
});
