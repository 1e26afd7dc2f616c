import assert from "node:assert/strict";
import { describe, it } from "node:test";
import type { ContentBlock, Message } from "@aws-sdk/client-bedrock-runtime";
import { type Capabilities, fullCapabilities } from "../../../../src/agent/capabilities.ts";
import { allowsThinking } from "../../../../src/agent/to-converse/allows-thinking.ts";
import { needsToolConfig, toConverse } from "../../../../src/agent/to-converse/to-converse.ts";
import { toModelRequest } from "../../../../src/agent/to-converse/to-model-request.ts";
import { fromWireToolName, toWireToolName } from "../../../../src/agent/to-converse/wire-names.ts";

const user = (...content: ContentBlock[]): Message => ({ role: "user", content });
const assistant = (...content: ContentBlock[]): Message => ({ role: "assistant", content });
const use = (toolUseId: string, name = "look"): ContentBlock => ({ toolUse: { toolUseId, name, input: { a: 1 } } });
const result = (toolUseId: string, text = "found"): ContentBlock => ({
  toolResult: { toolUseId, status: "success", content: [{ text }] },
});
const failed = (toolUseId: string, text = "gone"): ContentBlock => ({
  toolResult: { toolUseId, status: "error", content: [{ text }] },
});
const signed: ContentBlock = { reasoningContent: { reasoningText: { text: " hm\n", signature: "s" } } };
const unsigned: ContentBlock = { reasoningContent: { reasoningText: { text: "hm" } } };
const redacted: ContentBlock = { reasoningContent: { redactedContent: new Uint8Array([7]) } };
const hi = user({ text: "Hi" });
const having = (own: Partial<Capabilities>): Capabilities => ({ ...fullCapabilities, ...own });
const plainTools = [{ name: "look", description: "Looks.", inputSchema: { type: "object", properties: {} } }];

describe("what a model family cannot take", () => {
  it("B6.91 text beside results and calls is told apart, with a word of the other side in between", () => {
    const history = [hi, assistant({ text: "I look." }, use("1")), user(result("1"), { text: "Be quick." })];
    const toolResult = { toolUseId: "1", status: "success" as const, content: [{ text: "found" }] };
    assert.deepEqual(toConverse(history, having({ mixesTextAndResults: false })), [
      hi,
      assistant({ text: "I look." }),
      user({ text: "Go on." }),
      assistant(use("1")),
      user({ toolResult }),
      assistant({ text: "I have the results." }),
      user({ text: "Be quick." }),
    ]);
  });

  it("B6.94 the status of a result becomes words", () => {
    const history = [
      hi,
      assistant(use("1"), use("2"), use("3")),
      user(failed("1"), result("2"), failed("3", "Error: x")),
    ];
    assert.deepEqual(
      toConverse(history, having({ toolResultStatus: false })).at(-1),
      user(
        { toolResult: { toolUseId: "1", content: [{ text: "Error: gone" }] } },
        { toolResult: { toolUseId: "2", content: [{ text: "found" }] } },
        { toolResult: { toolUseId: "3", content: [{ text: "Error: x" }] } },
      ),
    );
    const json = user({ toolResult: { toolUseId: "1", status: "error", content: [{ json: { a: 1 } }] } });
    assert.deepEqual(
      toConverse([hi, assistant(use("1")), json], having({ toolResultStatus: false })).at(-1),
      user({ toolResult: { toolUseId: "1", content: [{ text: "Error:" }, { json: { a: 1 } }] } }),
    );
  });

  it("B6.95 without tools, calls and results are told as text", () => {
    const history = [hi, assistant({ text: "I look." }, use("1")), user(failed("1"))];
    const request = toModelRequest({ history, system: "Be brief.", tools: [] }, fullCapabilities);
    assert.deepEqual(request, {
      messages: [
        hi,
        assistant({ text: "I look." }, { text: '[Called look with {"a":1}]' }),
        user({ text: "[Error of look]\ngone" }),
      ],
      system: [{ text: "Be brief." }],
    });
    assert.equal(needsToolConfig(request.messages ?? []), false);
  });

  it("B6.95 with tools, they are declared, whatever the history holds", () => {
    const history = [hi, assistant(use("1")), user(result("1"))];
    const request = toModelRequest({ history, system: "", tools: plainTools }, fullCapabilities);
    assert.equal(needsToolConfig(request.messages ?? []), true);
    assert.deepEqual(request.toolConfig, {
      tools: [
        {
          toolSpec: {
            name: "look",
            description: "Looks.",
            inputSchema: { json: { type: "object", properties: {} } },
          },
        },
      ],
    });
  });

  it("B6.96 an input that is no object becomes an empty one", () => {
    for (const input of [null, [], "text", 3, true]) {
      const call = assistant({ toolUse: { toolUseId: "1", name: "look", input } });
      const sent = toConverse([hi, call, user(result("1"))])[1];
      assert.deepEqual(sent, assistant({ toolUse: { toolUseId: "1", name: "look", input: {} } }));
    }
  });

  it("B6.97 a tool's name takes the family's form and leads back to the tool, in history and toolConfig alike", () => {
    const names = ["git-log", "git_log", "mcp.files/read", "mcp.files-read", "x".repeat(80), "x".repeat(81)];
    for (const hyphenInToolNames of [true, false]) {
      const capabilities = having({ hyphenInToolNames });
      const wire = names.map((name) => toWireToolName(name, capabilities));
      assert.equal(new Set(wire).size, names.length);
      assert.ok(wire.every((name) => (hyphenInToolNames ? /^[\w-]{1,64}$/ : /^\w{1,64}$/).test(name)));
      assert.deepEqual(
        wire.map((name) => fromWireToolName(name, names, capabilities)),
        names,
      );
      const history = [hi, assistant(use("1", "git-log")), user(result("1"))];
      const tools = [{ name: "git-log", description: "", inputSchema: { type: "object" } }];
      const { messages = [], toolConfig } = toModelRequest({ history, system: "", tools }, capabilities);
      assert.equal(messages[1]?.content?.[0]?.toolUse?.name, toolConfig?.tools?.[0]?.toolSpec?.name);
    }
    assert.equal(toWireToolName("git-log", having({})), "git-log");
    assert.equal(fromWireToolName("made_up", names, having({})), "made_up");
  });

  it("B6.98 ids take the family's form, the same on both sides", () => {
    const ids = ["tooluse_abc", "tooluse_abd", "aB3dE6gH9", "with space/", "y".repeat(90)];
    const history = [hi, assistant(...ids.map((id) => use(id))), user(...ids.map((id) => result(id)))];
    for (const [form, looks] of [
      ["nine-alphanumerics", /^[a-zA-Z0-9]{9}$/],
      ["free", /^[\w.:-]{1,64}$/],
    ] as const) {
      const [, calls, results] = toConverse(history, having({ toolUseId: form }));
      const asked = calls?.content?.map(({ toolUse }) => toolUse?.toolUseId ?? "") ?? [];
      assert.deepEqual(
        results?.content?.map(({ toolResult }) => toolResult?.toolUseId),
        asked,
      );
      assert.equal(new Set(asked).size, ids.length);
      assert.ok(
        asked.every((id) => looks.test(id)),
        asked.join(" "),
      );
      assert.equal(asked[2], "aB3dE6gH9");
    }
  });

  it("B6.99 a blank description is left out, and a schema is an object's, plain where it must be", () => {
    const inputSchema = { type: "object", properties: {}, required: [], additionalProperties: false, title: "T" };
    const tools = [{ name: "look", description: " ", inputSchema }];
    const schemaFor = (own: Partial<Capabilities>) =>
      toModelRequest({ history: [hi], system: "", tools }, having(own)).toolConfig?.tools?.[0]?.toolSpec;
    assert.deepEqual(schemaFor({}), { name: "look", inputSchema: { json: inputSchema } });
    assert.deepEqual(schemaFor({ toolSchema: "plain" }), {
      name: "look",
      inputSchema: { json: { type: "object", properties: {}, required: [] } },
    });
    const untyped = [{ name: "look", description: "", inputSchema: {} }];
    const request = toModelRequest({ history: [hi], system: "", tools: untyped }, fullCapabilities);
    assert.deepEqual(request.toolConfig?.tools?.[0]?.toolSpec?.inputSchema, { json: { type: "object" } });
  });

  it("B6.100 no tools and no system prompt are no fields, and no tool choice is forced", () => {
    assert.deepEqual(toModelRequest({ history: [hi], system: " \n", tools: [] }, fullCapabilities), { messages: [hi] });
    const request = toModelRequest({ history: [hi], system: "", tools: plainTools }, having({ toolChoice: [] }));
    assert.equal(request.toolConfig?.toolChoice, undefined);
    assert.deepEqual(toModelRequest({ history: [hi], system: "", tools: plainTools }, having({ tools: false })), {
      messages: [hi],
    });
  });

  it("B6.101 signed reasoning goes to the family that signs, unchanged, and to no other", () => {
    const history = [hi, assistant(signed, redacted, unsigned, { text: "Yes." }), hi];
    const sent = (replaysReasoning: Capabilities["replaysReasoning"]) =>
      toConverse(history, having({ replaysReasoning }))[1]?.content;
    assert.deepEqual(sent("signed"), [signed, redacted, { text: "Yes." }]);
    assert.deepEqual(sent("unsigned"), [unsigned, { text: "Yes." }]);
    assert.deepEqual(sent("none"), [{ text: "Yes." }]);
  });

  it("B6.101 a message with nothing but foreign reasoning is left out", () => {
    assert.deepEqual(toConverse([hi, assistant(signed), hi], having({ replaysReasoning: "none" })), [
      user({ text: "Hi" }, { text: "Hi" }),
    ]);
  });

  it("B6.102 thinking is off for a tool loop whose reasoning was lost, and on again after the next prompt", () => {
    const loop = [hi, assistant(signed, use("1")), user(result("1"))];
    const lost = [hi, assistant(use("1")), user(result("1"))];
    assert.equal(allowsThinking(loop), true);
    assert.equal(allowsThinking(lost), false);
    assert.equal(allowsThinking([...loop, assistant(use("2")), user(result("2"))]), false);
    assert.equal(allowsThinking([...lost, assistant({ text: "Done." }), hi]), true);
    assert.equal(allowsThinking([hi]), true);
  });

  it("B6.103 B6.88 blank text beside signed reasoning goes only where the reasoning goes", () => {
    const history = [hi, assistant(signed, { text: " " }, { text: "Yes." }), hi];
    assert.deepEqual(toConverse(history)[1], assistant(signed, { text: " " }, { text: "Yes." }));
    const elsewhere = toConverse(history, having({ replaysReasoning: "none" }));
    assert.deepEqual(elsewhere[1], assistant({ text: "Yes." }));
  });

  it("B6.104 another model gets no foreign reasoning, its own form of ids and names, and notes for what it cannot see", () => {
    const image: ContentBlock = { image: { format: "png", source: { bytes: new Uint8Array([1]) } } };
    const history = [
      user({ text: "See." }, image),
      assistant(signed, use("tooluse_1", "git-log")),
      user(failed("tooluse_1")),
    ];
    const nova = having({
      replaysReasoning: "none",
      toolUseId: "nine-alphanumerics",
      hyphenInToolNames: false,
      toolResultStatus: false,
      images: "none",
    });
    const [prompt, call, answer] = toConverse(history, nova);
    const { toolUseId = "", name = "" } = call?.content?.[0]?.toolUse ?? {};
    assert.match(toolUseId, /^[a-z0-9]{9}$/);
    assert.match(name, /^git_log_[a-z0-9]{8}$/);
    assert.deepEqual(prompt, user({ text: "See." }, { text: "[Image left out: this model takes none here.]" }));
    assert.deepEqual(answer, user({ toolResult: { toolUseId, content: [{ text: "Error: gone" }] } }));
  });

  it("B6.105 half characters are replaced in inputs, results and keys", () => {
    const input = { "k\ud83d": ["\ude00", { deep: "ok 😀" }] };
    const json = { toolResult: { toolUseId: "1", content: [{ json: ["\ud83d"] }] } };
    const history = [hi, assistant({ toolUse: { toolUseId: "1", name: "look", input } }), user(json)];
    const [, call, answer] = toConverse(history);
    assert.deepEqual(call?.content?.[0]?.toolUse?.input, { "k\uFFFD": ["\uFFFD", { deep: "ok 😀" }] });
    assert.deepEqual(answer?.content?.[0]?.toolResult?.content, [{ json: ["\uFFFD"] }]);
  });

  it("tells a model without a system prompt of its own what it is before the first prompt", () => {
    const parts = { history: [hi], system: "Be brief.", tools: [] };
    assert.deepEqual(toModelRequest(parts, having({ systemPrompt: "first-message" })), {
      messages: [user({ text: "Be brief." }, { text: "Hi" })],
    });
    assert.deepEqual(toModelRequest(parts, having({ systemPrompt: "none" })), { messages: [hi] });
  });
});
