import assert from "node:assert/strict";
import { describe, it } from "node:test";
import type { Gate } from "../../src/agent/gate.ts";
import type { PreparedCall } from "../../src/agent/tool.ts";
import { runGated } from "../../src/tools/context/run-gated.ts";
import { createSession } from "../support/create-session.ts";
import { allowAll } from "../support/fake-gate.ts";
import { fakeTool } from "../support/fake-tool.ts";
import { messageStop, ScriptedModel, textBlock, usage } from "../support/scripted-model.ts";
import { testPolicy } from "../support/test-policy.ts";

const url = "https://example.com/page";
const done = { content: [{ text: "done" }], title: "Done" };
const page = fakeTool("fetch_page", () => ({
  effect: "network",
  request: { method: "GET", url, template: url, access: "read" },
  run: async () => done,
}));
const post = fakeTool("set_it", () => ({
  effect: "network",
  request: { method: "POST", url, template: url, access: "write" },
  run: async () => done,
}));

const whole = [...textBlock(0, "Hello."), messageStop("end_turn"), usage(1, 1)];

/** Why the user was asked about each call of one turn. */
async function turn(gate: Gate, asked: string[], id: string): Promise<readonly string[]> {
  gate.beginTurn(id);
  return write(gate, asked, id);
}

async function write(gate: Gate, asked: string[], id: string): Promise<readonly string[]> {
  const { signal } = new AbortController();
  asked.length = 0;
  const call: PreparedCall = await post.prepare({}, signal);
  await gate.authorize({ id, tool: post.name, input: {}, call, prepare: async () => call }, signal);
  return [...asked];
}

describe("what the user attaches", () => {
  it("L03 after a page was attached no rule lets a write through in the turn that it goes with", async () => {
    const asked: string[] = [];
    const { policy } = testPolicy({ rules: [`allow set_it(request "POST ${url}")`] });
    const gate = policy.createGate(
      async ({ reason }) => {
        asked.push(reason);
        return { kind: "skip", feedback: "" };
      },
      () => undefined,
    );
    assert.deepEqual(await turn(gate, asked, "before"), []);
    let attached = 0;
    const context = policy.createContextGate(
      async () => ({ kind: "allow" }),
      () => attached++,
    );
    await runGated(page, {}, context, new AbortController().signal);
    assert.equal(attached, 1);
    assert.deepEqual(await write(gate, asked, "only attached"), []);
    gate.addUntrusted();
    assert.deepEqual(await write(gate, asked, "steered"), ["This turn read untrusted content."]);
    assert.deepEqual(await turn(gate, asked, "after"), []);
  });

  it("L03 what is attached says so to the gate of whichever chat it is sent in, at once or when it steers", async () => {
    const told: string[] = [];
    const gate: Gate = {
      ...allowAll,
      beginTurn: () => void told.push("turn"),
      addUntrusted: () => void told.push("untrusted"),
    };
    const { session } = createSession(new ScriptedModel(whole, whole), { createGate: () => gate });
    const attachment = { id: "a1", kind: "url", label: url, text: "page", language: "", untrusted: true } as const;
    const { untrusted: _, ...own } = attachment;
    await session.send({ text: "own", attachments: [own] });
    assert.deepEqual(told, ["turn"]);
    await session.send({ text: "with", attachments: [attachment] });
    assert.deepEqual(told, ["turn", "turn", "untrusted"]);
    session.queue.add({ text: "steers", attachments: [attachment] }, "steer");
    session.queue.steer();
    assert.equal(told.length, 4);
  });

  it("attaching counts as no call of the turn that runs, and takes none of its permissions", async () => {
    const { policy, entries } = testPolicy({ limits: { toolCalls: 1 } });
    const gate = policy.createGate(
      async () => ({ kind: "allow" }),
      () => undefined,
    );
    gate.beginTurn("t1");
    const { signal } = new AbortController();
    for (let time = 0; time < 3; time++) {
      await runGated(
        page,
        { time },
        policy.createContextGate(
          async () => ({ kind: "allow" }),
          () => undefined,
        ),
        signal,
      );
    }
    const call = await post.prepare({}, signal);
    const verdict = await gate.authorize(
      { id: "c1", tool: post.name, input: {}, call, prepare: async () => call },
      signal,
    );
    assert.equal(verdict.kind, "allow");
    assert.ok(entries.length >= 4);
  });
});
