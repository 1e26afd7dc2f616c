import assert from "node:assert/strict";
import { describe, it } from "node:test";
import { setImmediate } from "node:timers/promises";
import type { Gate } from "../../../src/agent/gate.ts";
import type { AssembledToolUse } from "../../../src/agent/message-assembler.ts";
import { readyToolCall, runToolCall } from "../../../src/agent/run-tool-call.ts";
import { type Tool, ToolError, type ToolSuccess } from "../../../src/agent/tool.ts";
import { EventRecorder } from "../../support/event-recorder.ts";
import { allowAll, denyAll, fakeGate, permit } from "../../support/fake-gate.ts";
import { answeringTool, type FakeCall, fakeTool } from "../../support/fake-tool.ts";

const never = new Promise<never>(() => undefined);
const use: AssembledToolUse = { id: "c1", toolUseId: "t1", name: "look", input: { kind: "object", value: { a: 1 } } };

/** Readies and runs one call of `look`, as the loop does. */
async function callTool(tool: Tool, gate: Gate = allowAll, asked = use, signal = new AbortController().signal) {
  const recorder = new EventRecorder();
  const options = {
    tools: new Map([[tool.name, tool]]),
    gate,
    emit: recorder.emit,
    signal,
    now: () => 5,
    onPause: (): void => assert.fail("paused"),
  };
  const entry = await readyToolCall(asked, options);
  const result = entry.kind === "answered" ? entry.result : await runToolCall(entry, options);
  return { result, events: recorder.events };
}

function looking(run: FakeCall["run"], more: Partial<FakeCall> = {}): Tool {
  return fakeTool("look", () => ({ ...more, run }));
}

const errorResult = (text: string) => ({ toolUseId: "t1", status: "error", content: [{ text }] });
const input = '{\n  "a": 1\n}';

describe("a tool call", () => {
  it("is prepared, allowed, run and answered, every state told", async () => {
    const tool = looking(async ({ output }) => {
      output("half ");
      output("way");
      return { content: [{ text: "found" }, { json: { n: 1 } }], title: "Looked" };
    });
    const { result, events } = await callTool(tool);
    assert.deepEqual(result, { toolUseId: "t1", status: "success", content: [{ text: "found" }, { json: { n: 1 } }] });
    assert.deepEqual(events, [
      { type: "tool-input", id: "c1", input, title: "Doing look", intent: "Do look" },
      { type: "tool-running", id: "c1", at: 5 },
      { type: "tool-output", id: "c1", text: "half " },
      { type: "tool-output", id: "c1", text: "way" },
      { type: "tool-end", id: "c1", state: "succeeded", title: "Looked", result: 'found\n{\n  "n": 1\n}', at: 5 },
    ]);
  });

  it("whose program did not do well is marked", async () => {
    const { events } = await callTool(looking(async () => ({ content: [], title: "Looked", warning: true })));
    const end = { type: "tool-end", id: "c1", state: "succeeded", title: "Looked", result: "", at: 5, warning: true };
    assert.deepEqual(events.at(-1), end);
  });

  it("of an unknown tool is answered with the tools there are", async () => {
    const asked = { ...use, name: "search" };
    const { result, events } = await callTool(answeringTool("look", "x"), allowAll, asked);
    const text = 'E_SCHEMA There is no tool "search". The tools are: look.';
    assert.deepEqual(result, errorResult(text));
    assert.deepEqual(events, [
      { type: "tool-input", id: "c1", input, title: "search" },
      { type: "tool-end", id: "c1", state: "failed", title: "search", result: text, at: 5 },
    ]);
  });

  it("with input that is no JSON is answered, not run", async () => {
    const asked: AssembledToolUse = { ...use, input: { kind: "invalid", json: "{", problem: "Not JSON." } };
    const tool = looking(() => assert.fail("was run"));
    const { result, events } = await callTool(tool, allowAll, asked);
    assert.deepEqual(result, errorResult("E_SCHEMA Not JSON. Nothing was run; send the call again with valid input."));
    assert.deepEqual(events[0], { type: "tool-input", id: "c1", input: "{", title: "look…" });
  });

  it("whose input the tool refuses is answered with what is wrong", async () => {
    const tool = fakeTool("look", () => {
      throw new ToolError("a must be text.");
    });
    assert.deepEqual((await callTool(tool)).result, errorResult("a must be text."));
  });

  it("that is denied is not run, and the model gets the reason", async () => {
    const tool = looking(() => assert.fail("was run"));
    const { result, events } = await callTool(tool, denyAll("Skipped. Nothing was run."));
    assert.deepEqual(result, errorResult("Skipped. Nothing was run."));
    assert.deepEqual(
      events.map((event) => (event.type === "tool-end" ? event.state : event.type)),
      ["tool-input", "denied"],
    );
  });

  it("is not run where the gate itself fails", async () => {
    const tool = looking(() => assert.fail("was run"));
    const gate = fakeGate(() => Promise.reject(new Error("no such folder")));
    assert.deepEqual((await callTool(tool, gate)).result, errorResult("The tool failed: no such folder"));
  });

  it("that fails as expected is answered with the tool's own words", async () => {
    const tool = looking(async () => {
      throw new ToolError("There is no file a.ts.");
    });
    const { result, events } = await callTool(tool);
    assert.deepEqual(result, errorResult("There is no file a.ts."));
    assert.deepEqual(events.at(-1), {
      type: "tool-end",
      id: "c1",
      state: "failed",
      title: "Doing look",
      result: "There is no file a.ts.",
      at: 5,
    });
  });

  it("that fails by a bug is answered as well, thrown at once or later", async () => {
    const atOnce = looking(() => {
      throw new Error("bug");
    });
    assert.deepEqual((await callTool(atOnce)).result, errorResult("The tool failed: bug"));
    const later = looking(() => Promise.reject("text"));
    assert.deepEqual((await callTool(later)).result, errorResult("The tool failed: text"));
  });

  it("that never ends is given up at its time limit", async () => {
    const signals: AbortSignal[] = [];
    const tool = looking(
      ({ signal }) => {
        signals.push(signal);
        return never;
      },
      { timeoutMs: 20 },
    );
    const { result } = await callTool(tool);
    assert.deepEqual(result, errorResult("Doing look: stopped, it did not end within 0.02 seconds."));
    assert.deepEqual(
      signals.map(({ aborted }) => aborted),
      [true],
    );
  });

  it("that was given up says nothing more", async () => {
    const late: (() => void)[] = [];
    const tool = looking(
      ({ output }) => {
        late.push(() => output("too late"));
        return never;
      },
      { timeoutMs: 1 },
    );
    const { events } = await callTool(tool);
    for (const speak of late) speak();
    assert.equal(late.length, 1);
    assert.deepEqual(
      events.map(({ type }) => type),
      ["tool-input", "tool-running", "tool-end"],
    );
  });
});

describe("a tool call that is stopped", () => {
  const cancelled = errorResult("The user stopped the turn. This call was not completed.");

  async function stopped(tool: Tool, gate: Gate = allowAll) {
    const controller = new AbortController();
    const call = callTool(tool, gate, use, controller.signal);
    await setImmediate();
    controller.abort();
    return call;
  }

  it("is cancelled before it began, and nobody is asked", async () => {
    const controller = new AbortController();
    controller.abort();
    const asked: string[] = [];
    const gate = fakeGate(async (call) => {
      asked.push(call.id);
      return permit(call);
    });
    const tool = looking(() => assert.fail("was run"));
    assert.deepEqual((await callTool(tool, gate, use, controller.signal)).result, cancelled);
    assert.deepEqual(asked, []);
  });

  it("is cancelled while it is prepared", async () => {
    const tool: Tool = { ...answeringTool("look", "x"), prepare: () => never };
    assert.deepEqual((await stopped(tool)).result, cancelled);
  });

  it("is cancelled while the gate is asked", async () => {
    const tool = looking(() => assert.fail("was run"));
    assert.deepEqual(
      (
        await stopped(
          tool,
          fakeGate(() => never),
        )
      ).result,
      cancelled,
    );
  });

  it("is cancelled while it runs, whether the tool listens or not", async () => {
    const deaf = await stopped(looking(() => never));
    assert.deepEqual(deaf.result, cancelled);
    assert.deepEqual(deaf.events.at(-1), {
      type: "tool-end",
      id: "c1",
      state: "cancelled",
      title: "Doing look",
      result: "The user stopped the turn. This call was not completed.",
      at: 5,
    });
    const listening = looking(
      ({ signal }) =>
        new Promise<ToolSuccess>((_, reject) => {
          signal.addEventListener("abort", () => reject(new ToolError("killed")));
        }),
    );
    assert.deepEqual((await stopped(listening)).result, cancelled);
  });
});
