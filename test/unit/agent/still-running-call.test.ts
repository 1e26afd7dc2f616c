import assert from "node:assert/strict";
import { describe, it } from "node:test";
import { setImmediate } from "node:timers/promises";
import type { AssembledToolUse } from "../../../src/agent/message-assembler.ts";
import { readyToolCall, runToolCall } from "../../../src/agent/run-tool-call.ts";
import { EventRecorder } from "../../support/event-recorder.ts";
import { allowAll } from "../../support/fake-gate.ts";
import { fakeTool } from "../../support/fake-tool.ts";

const use: AssembledToolUse = { id: "c1", toolUseId: "t1", name: "look", input: { kind: "object", value: { a: 1 } } };

describe("a tool call that runs for long", () => {
  it("has no time limit any more once the user waits for it", async (test) => {
    test.mock.timers.enable({ apis: ["setTimeout"] });
    const ticked = Promise.withResolvers<void>();
    const tool = fakeTool("look", () => ({
      timeoutMs: 50,
      run: async ({ stillRunning, signal }) => {
        const choice = await stillRunning?.(5, signal);
        await ticked.promise;
        return { content: [{ text: `${choice}` }], title: "Looked" };
      },
    }));
    const recorder = new EventRecorder();
    const asked: unknown[] = [];
    const options = {
      ...{ tools: new Map([[tool.name, tool]]), gate: allowAll, emit: recorder.emit, now: () => 5 },
      ...{ signal: new AbortController().signal, onPause: (): void => assert.fail("paused") },
      stillRunning: async (id: string, endsAt: number | null) => {
        asked.push([id, endsAt]);
        return "wait" as const;
      },
    };
    const entry = await readyToolCall(use, options);
    assert.ok(entry.kind === "prepared");
    const running = runToolCall(entry, options);
    while (asked.length === 0) await setImmediate();
    await setImmediate();
    test.mock.timers.tick(60);
    ticked.resolve();
    assert.deepEqual((await running).content, [{ text: "wait" }]);
    assert.deepEqual(asked, [["c1", 5]]);
  });
});
