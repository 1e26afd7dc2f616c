import assert from "node:assert/strict";
import { describe, it } from "node:test";
import type { ToolResultBlock } from "@aws-sdk/client-bedrock-runtime";
import { toWireToolName } from "../../src/agent/to-converse/wire-names.ts";
import type { Tool } from "../../src/agent/tool.ts";
import type { RawEvent } from "../../src/emulator/script-schema.ts";
import { answeringTool, fakeTool } from "../support/fake-tool.ts";
import { nameOf, transports, useOwnEnvironment } from "../support/wire-call.ts";
import { frame, openTalk, type Talk } from "../support/wire-talk.ts";

useOwnEnvironment();

const completed = { kind: "completed" };
const question = { role: "user", content: [{ text: "Hi" }] };

/** A tool that notes down what it was run with. */
function noting(): { readonly tools: readonly Tool[]; readonly ran: unknown[] } {
  const ran: unknown[] = [];
  const note = fakeTool("note", (input) => ({
    run: async () => {
      ran.push(input);
      return { content: [{ text: `noted ${ran.length}` }], title: "Noted" };
    },
  }));
  return { tools: [note], ran };
}

const call = (toolUseId: string, input: unknown) => ({ toolUse: { toolUseId, name: "note", input } });
const succeeded = (toolUseId: string, text: string) => ({
  toolResult: { toolUseId, status: "success", content: [{ text }] },
});

/** The results that the model was sent. */
function results({ messages }: Talk): readonly (ToolResultBlock | undefined)[] {
  return messages[2]?.content?.map(({ toolResult }) => toolResult) ?? [];
}

/** What was sent after the first answer is the history as it is kept, and the emulator took it. */
function assertSentBack(talk: Talk): void {
  assert.deepEqual(talk.sent(1), talk.messages.slice(0, 3));
  assert.equal(talk.emulator.requests[1]?.status, 200);
}

for (const transport of transports) {
  describe(`tool calls over ${nameOf(transport)}`, () => {
    it("B2.19 input cut inside an escape, a number and a character is parsed once, when it is whole", async (test) => {
      const fragments = [
        '{"a":"x\\',
        "u00",
        "e9\\",
        'n","b":-1',
        "2.5e",
        '1,"c":"\\ud83d',
        '\\ude00","d":"\ud83d',
        '\ude00"}',
      ];
      const { tools, ran } = noting();
      const toolUses = [{ name: "note", toolUseId: "t1", inputFragments: fragments }];
      const talk = await openTalk(test, transport, [{ toolUses, chunking: { bytes: 3 } }, { text: "Fine." }], {
        tools,
      });
      assert.deepEqual(await talk.say("Hi"), completed);
      const input = { a: "xé\n", b: -125, c: "😀", d: "😀" };
      assert.deepEqual(ran, [input]);
      assert.deepEqual(talk.messages.slice(0, 3), [
        question,
        { role: "assistant", content: [call("t1", input)] },
        { role: "user", content: [succeeded("t1", "noted 1")] },
      ]);
      assertSentBack(talk);
    });

    it("B2.20 two calls whose deltas alternate and that end in reverse run in the order of their index", async (test) => {
      const { tools, ran } = noting();
      const events = [
        frame.tool(1, "t1", "note"),
        frame.tool(2, "t2", "note"),
        frame.input(2, '{"b":'),
        frame.input(1, '{"a":'),
        frame.input(2, "2}"),
        frame.input(1, "1}"),
        frame.stop(2),
        frame.stop(1),
        frame.text(0, "Both."),
        frame.stop(0),
        frame.end("tool_use"),
      ];
      const talk = await openTalk(test, transport, [{ events }, { text: "Fine." }], { tools });
      assert.deepEqual(await talk.say("Hi"), completed);
      assert.deepEqual(ran, [{ a: 1 }, { b: 2 }]);
      assert.deepEqual(talk.messages.slice(1, 3), [
        { role: "assistant", content: [{ text: "Both." }, call("t1", { a: 1 }), call("t2", { b: 2 })] },
        { role: "user", content: [succeeded("t1", "noted 1"), succeeded("t2", "noted 2")] },
      ]);
      assertSentBack(talk);
    });

    it("B2.21 a call without any input, or with empty input, has an empty object", async (test) => {
      const { tools, ran } = noting();
      const events = [
        frame.tool(0, "t1", "note"),
        frame.stop(0),
        frame.tool(1, "t2", "note"),
        frame.input(1, ""),
        frame.stop(1),
        frame.end("tool_use"),
      ];
      const talk = await openTalk(test, transport, [{ events }, { text: "Fine." }], { tools });
      assert.deepEqual(await talk.say("Hi"), completed);
      assert.deepEqual(ran, [{}, {}]);
      assert.deepEqual(talk.messages[1]?.content, [call("t1", {}), call("t2", {})]);
      assertSentBack(talk);
    });

    it("B2.22 input that is JSON but no object runs nothing, and the model is told", async (test) => {
      const texts = ["[1]", '"text"', "3", "null", "true"];
      const { tools, ran } = noting();
      const toolUses = texts.map((text, index) => ({
        name: "note",
        toolUseId: `t${index}`,
        inputFragments: [text.slice(0, 1), text.slice(1)],
      }));
      const talk = await openTalk(test, transport, [{ toolUses }, { text: "Fine." }], { tools });
      assert.deepEqual(await talk.say("Hi"), completed);
      assert.deepEqual(ran, []);
      assert.deepEqual(
        talk.messages[1]?.content,
        texts.map((_, index) => call(`t${index}`, {})),
      );
      const text = "E_SCHEMA The input must be a JSON object. Nothing was run; send the call again with valid input.";
      assert.deepEqual(
        results(talk),
        texts.map((_, index) => ({ toolUseId: `t${index}`, status: "error", content: [{ text }] })),
      );
      assertSentBack(talk);
    });

    it("B2.23 malformed input runs nothing, is answered with the parse error, and is an object in the history", async (test) => {
      const { tools, ran } = noting();
      const toolUses = [{ name: "note", toolUseId: "t1", inputFragments: ['{"path": "a', ".ts"] }];
      const talk = await openTalk(test, transport, [{ toolUses }, { text: "Fine." }], { tools });
      assert.deepEqual(await talk.say("Hi"), completed);
      assert.deepEqual(ran, []);
      assert.deepEqual(talk.messages[1]?.content, [call("t1", {})]);
      const [result] = results(talk);
      assert.equal(result?.status, "error");
      assert.match(
        result?.content?.[0]?.text ?? "",
        /^E_SCHEMA The input is not valid JSON: Unterminated string .*Nothing was run; send the call again with valid input\.$/,
      );
      assert.deepEqual(
        talk.events.flatMap((event) => (event.type === "tool-end" ? [[event.state, event.result]] : [])),
        [["failed", result?.content?.[0]?.text]],
      );
      assertSentBack(talk);
    });

    it("B2.24 a call that the output limit cut runs nothing; user and model learn that the limit cut it", async (test) => {
      for (const inputFragments of [['{"path": "a', ".ts"], ['{"path": "a.ts"}']]) {
        const { tools, ran } = noting();
        const toolUses = [{ name: "note", toolUseId: "t1", inputFragments }];
        const talk = await openTalk(test, transport, [{ toolUses, stopReason: "max_tokens" }, { text: "Fine." }], {
          tools,
        });
        assert.deepEqual(await talk.say("Hi"), { kind: "max-tokens" });
        assert.deepEqual(ran, []);
        const text =
          "Nothing was run: the message was not finished (the output limit cut the message; ask for less in one call).";
        assert.deepEqual(results(talk), [{ toolUseId: "t1", status: "error", content: [{ text }] }]);
        assert.deepEqual(
          talk.events.flatMap((event) => (event.type === "tool-end" ? [[event.state, event.result]] : [])),
          [["failed", text]],
        );
        assert.equal(talk.emulator.requests.length, 1);
        assert.deepEqual(await talk.say("Go on"), completed);
        assert.deepEqual(ran, []);
        assert.equal(talk.emulator.requests[1]?.status, 200);
        assert.match(JSON.stringify(talk.sent(1)), /the output limit cut the message; ask for less in one call/);
      }
    });

    it("B2.29 a call of the server's own tool runs nothing here and is not answered", async (test) => {
      const { tools, ran } = noting();
      const server = { toolUseId: "srv", name: "note", type: "server_tool_use" };
      const events: RawEvent[] = [
        frame.start(0, { toolUse: server }),
        frame.input(0, '{"q":1}'),
        frame.stop(0),
        frame.text(1, "It says so."),
        frame.stop(1),
        frame.end(),
      ];
      const talk = await openTalk(test, transport, [{ events }, { text: "Fine." }], { tools });
      assert.deepEqual(await talk.say("Hi"), completed);
      assert.deepEqual(ran, []);
      assert.deepEqual(talk.messages, [
        question,
        { role: "assistant", content: [{ toolUse: { ...server, input: { q: 1 } } }, { text: "It says so." }] },
      ]);
      assert.deepEqual(
        talk.events.filter(({ type }) => type.startsWith("tool-")),
        [],
      );
      assert.deepEqual(await talk.say("More"), completed);
      assert.doesNotMatch(JSON.stringify(talk.sent(1)), /toolResult/);
    });

    it("B6.97 a call by the name that a model has for a tool runs that tool, and goes back under the model's name", async (test) => {
      const answering = answeringTool("git-log", "seen");
      const wireName = toWireToolName("git-log", { hyphenInToolNames: false });
      const replies = [{ toolUses: [{ name: wireName, toolUseId: "t1", input: {} }] }, { text: "Fine." }];
      const modelId = "us.amazon.nova-pro-v1:0";
      const talk = await openTalk(test, transport, replies, { tools: [answering], modelId });
      assert.deepEqual(await talk.say("Hi"), completed);
      const calledAs = (name: string) => ({
        role: "assistant",
        content: [{ toolUse: { toolUseId: "t1", name, input: {} } }],
      });
      const answered = { role: "user", content: [succeeded("t1", "seen")] };
      assert.deepEqual(talk.messages.slice(0, 3), [question, calledAs("git-log"), answered]);
      assert.deepEqual(talk.sent(1), [question, calledAs(wireName), answered]);
    });

    it("B2.31 a tool delta without a tool block is dropped and counted", async (test) => {
      const { tools, ran } = noting();
      const events = [
        frame.input(0, '{"a":1}'),
        frame.stop(0),
        frame.text(1, "No call."),
        frame.input(1, '{"b":2}'),
        frame.stop(1),
        frame.end(),
      ];
      const talk = await openTalk(test, transport, [{ events }, { text: "Fine." }], { tools });
      assert.deepEqual(await talk.say("Hi"), completed);
      assert.deepEqual(ran, []);
      assert.deepEqual(talk.messages, [question, { role: "assistant", content: [{ text: "No call." }] }]);
      assert.deepEqual(talk.oddities.map(Object.fromEntries), [{ "tool input without a tool call": 2 }]);
      assert.deepEqual(await talk.say("More"), completed);
    });
  });
}
