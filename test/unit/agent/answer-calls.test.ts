import assert from "node:assert/strict";
import { describe, it } from "node:test";
import { setImmediate } from "node:timers/promises";
import { answerCalls } from "../../../src/agent/answer-calls.ts";
import type { Gate, GateVerdict } from "../../../src/agent/gate.ts";
import { fakeGate, permit } from "../../support/fake-gate.ts";
import { fakeTool } from "../../support/fake-tool.ts";

/** Calls of a tool that writes the file of its id, each waiting at the gate for `allow`. */
function writingScene(...files: readonly string[]) {
  const told: string[] = [];
  const waiting = new Map<string, () => void>();
  const gate: Gate = fakeGate(
    (asked) =>
      new Promise<GateVerdict>((settle) => {
        told.push(`asked ${asked.id}`);
        waiting.set(asked.id, () => settle(permit(asked)));
      }),
  );
  const tool = fakeTool("write", (input) => {
    const path = String(Object(input)["path"]);
    return {
      effect: "write",
      targets: [{ path, access: "write" }],
      run: async () => {
        told.push(`writes ${path}`);
        await setImmediate();
        told.push(`wrote ${path}`);
        return { content: [{ text: path }], title: "Wrote" };
      },
    };
  });
  const results = answerCalls(
    files.map((path, index) => ({
      kind: "open",
      use: { id: `c${index}`, toolUseId: `t${index}`, name: "write", input: { kind: "object", value: { path } } },
    })),
    {
      tools: new Map([["write", tool]]),
      gate,
      emit: () => undefined,
      signal: new AbortController().signal,
      now: () => 0,
      onPause: () => assert.fail("paused"),
    },
  );
  const settled = async (): Promise<void> => {
    for (let turn = 0; turn < 5; turn++) await setImmediate();
  };
  const allow = (id: string): void => waiting.get(id)?.();
  return { told, results, allow, settled };
}

describe("calls of one message", () => {
  it("that write different files are asked about together, and made one at a time as they are answered", async () => {
    const { told, results, allow, settled } = writingScene("a", "b", "c");
    await settled();
    assert.deepEqual(told, ["asked c0", "asked c1", "asked c2"]);
    for (const id of ["c2", "c0", "c1"]) allow(id);
    const answers = await results;
    assert.deepEqual(told.slice(3), ["writes c", "wrote c", "writes a", "wrote a", "writes b", "wrote b"]);
    assert.deepEqual(
      answers.map(({ toolUseId }) => toolUseId),
      ["t0", "t1", "t2"],
    );
  });

  it("that write the same file are asked about one after another", async () => {
    const { told, results, allow, settled } = writingScene("a", "b", "a");
    await settled();
    assert.deepEqual(told, ["asked c0", "asked c1"]);
    allow("c1");
    allow("c0");
    await settled();
    assert.deepEqual(told.at(-1), "asked c2");
    allow("c2");
    await results;
    assert.deepEqual(told.slice(-2), ["writes a", "wrote a"]);
  });
});
