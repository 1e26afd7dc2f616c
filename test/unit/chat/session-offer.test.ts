import assert from "node:assert/strict";
import { describe, it } from "node:test";
import type { ModelRequest } from "../../../src/agent/model.ts";
import type { Tool } from "../../../src/agent/tool.ts";
import { parseRecord, serializeRecord } from "../../../src/chat/journal-schema.ts";
import { restoreSession } from "../../../src/chat/restore-session.ts";
import { CacheHealth } from "../../../src/chat/served/cache-health.ts";
import { promptSegments } from "../../../src/chat/served/prompt-segments.ts";
import type { ChatSessionOptions } from "../../../src/chat/session-options.ts";
import { systemPrompt } from "../../../src/chat/system-prompt.ts";
import { createSession } from "../../support/create-session.ts";
import { allowAll } from "../../support/fake-gate.ts";
import { answeringTool, fakeTool } from "../../support/fake-tool.ts";
import { messageStop, type ReplyPart, ScriptedModel, textBlock, toolBlock } from "../../support/scripted-model.ts";

const runs: string[] = [];
const look = answeringTool("look", "seen");
const write: Tool = { ...answeringTool("write", "written"), effect: "write" };
const liar = fakeTool("liar", () => ({
  effect: "write",
  run: async () => {
    runs.push("liar");
    return { content: [{ text: "done" }], title: "Did it" };
  },
}));

const answer: readonly ReplyPart[] = [...textBlock(0, "Fine."), messageStop("end_turn")];
const calling = (name: string): readonly ReplyPart[] => [...toolBlock(0, "t1", name, "{}"), messageStop("tool_use")];

function open(replies: readonly (readonly ReplyPart[])[], options: Partial<ChatSessionOptions> = {}) {
  const model = new ScriptedModel(...replies);
  const created = createSession(model, {
    tools: () => [look, write, liar],
    systemPrompt: (hasTools, mode) => systemPrompt({ folders: [], platform: "linux", hasTools, mode }),
    ...options,
  });
  const send = () => created.session.send({ text: "go", attachments: [] });
  return { ...created, model, send };
}

function offered({ toolConfig }: ModelRequest): readonly (string | undefined)[] {
  return (toolConfig?.tools ?? []).map(({ toolSpec }) => toolSpec?.name);
}

describe("what a session offers the model", () => {
  it("is every tool in Agent mode and those that only read in Ask mode, from the next prompt on", async () => {
    const { session, model, send } = open([answer, answer, answer]);
    await send();
    session.offer.choose({ mode: "ask" });
    await send();
    session.offer.choose({ mode: "agent" });
    await send();
    const [all, reading] = [
      ["look", "write", "liar"],
      ["look", "liar"],
    ];
    assert.deepEqual(model.requests.map(offered), [all, reading, all]);
    const prompts = model.requests.map(({ system = [] }) => /This is Ask mode/.test(system[0]?.text ?? ""));
    assert.deepEqual(prompts, [false, true, false]);
  });

  it("stays as it was for the turn that runs", async () => {
    const { session, model, send } = open([calling("look"), answer]);
    const unsubscribe = session.subscribe((event) => {
      if (event.type === "tool-running") session.offer.choose({ mode: "ask" });
    });
    await send();
    unsubscribe();
    assert.deepEqual(model.requests.map(offered), [
      ["look", "write", "liar"],
      ["look", "write", "liar"],
    ]);
  });

  it("in Ask mode is what asks a server and changes nothing there as well, and no other call of it", async () => {
    const asked = { method: "GET", url: "https://desk.example/1", template: "https://desk.example/{id}" } as const;
    const requests = (access: "read" | "write") =>
      fakeTool(`desk_${access}`, () => ({
        effect: "network",
        request: { ...asked, access },
        run: async () => ({ content: [{ text: `desk: ${access}` }], title: "Called" }),
      }));
    const tools: readonly Tool[] = [
      { ...requests("read"), effect: "network", onlyAsks: true },
      { ...requests("write"), effect: "network" },
    ];
    const { session, model, send } = open([calling("desk_read"), answer], {
      tools: () => tools,
      createGate: () => allowAll,
    });
    session.offer.choose({ mode: "ask" });
    await send();
    assert.deepEqual(model.requests.map(offered), [["desk_read"], ["desk_read"]]);
    const part = session.chat.past[0]?.parts.find(({ kind }) => kind === "tool");
    assert.equal(part?.kind === "tool" && part.call.status.kind, "succeeded");
  });

  it("holds a tool that says it only reads to that in Ask mode", async () => {
    const { session, send } = open([calling("liar"), answer]);
    session.offer.choose({ mode: "ask" });
    await send();
    const [part] = session.chat.past[0]?.parts ?? [];
    assert.ok(part?.kind === "tool" && part.call.status.kind === "failed");
    assert.match(part.call.status.result, /This is Ask mode/);
    assert.deepEqual(runs, []);
  });

  it("leaves out what is off, in the chat before the settings, and answers a call of it", async () => {
    const { session, model, send } = open([answer, calling("write"), answer, answer], {
      defaults: () => ({ mode: "agent", tools: { look: false } }),
    });
    await send();
    session.offer.choose({ tools: { look: true, write: false } });
    await send();
    session.offer.choose({ tools: {} });
    await send();
    assert.deepEqual(model.requests.map(offered), [
      ["write", "liar"],
      ["look", "liar"],
      ["look", "liar"],
      ["write", "liar"],
    ]);
    const results = JSON.stringify(model.requests[2]?.messages?.at(-1));
    assert.match(results, /There is no tool \\"write\\"/);
  });

  it("follows the settings where nothing was chosen, and says where no tool is left", async () => {
    const off = { look: false, write: false, liar: false };
    const { session, model, send } = open([answer], { defaults: () => ({ mode: "ask", tools: off }) });
    assert.equal(session.offer.mode, "ask");
    await send();
    assert.equal(model.requests[0]?.toolConfig, undefined);
    assert.match(model.requests[0]?.system?.[0]?.text ?? "", /the user has turned them off/);
  });

  it("is kept with the session", async () => {
    const { session, stored } = open([]);
    session.offer.choose({ mode: "ask" });
    session.offer.choose({ tools: { write: false } });
    const events = stored.events.flatMap((event) => {
      const record = parseRecord(serializeRecord({ event }));
      return "event" in record ? [record.event] : [];
    });
    const { chat } = restoreSession({ sessionId: "s1", events, messages: [] }, 0);
    assert.deepEqual([chat.mode, chat.tools], ["ask", { write: false }]);
  });

  it("breaks the prompt cache by its tools, and that is what is said", async () => {
    const { session, model, send } = open([answer, answer]);
    await send();
    session.offer.choose({ mode: "ask" });
    await send();
    const health = new CacheHealth();
    const verdicts = model.requests.map((request) =>
      health.judge({
        facts: { modelId: "m", cacheTtl: "5m", thinking: "auto" },
        segments: promptSegments(request),
        compaction: undefined,
        marksMessages: true,
        usage: { inputTokens: 10, outputTokens: 5, cacheReadInputTokens: 0, cacheWriteInputTokens: 9_000 },
        at: 0,
      }),
    );
    assert.deepEqual(
      verdicts.map(({ broke }) => broke),
      [undefined, "the tools changed"],
    );
  });
});
