import assert from "node:assert/strict";
import { describe, it } from "node:test";
import radioTools from "../fixtures/radio-tools.ts";
import { type PlayedTurn, playTurn, shownText, transports } from "../support/wire-scene.ts";

process.env["AWS_EC2_METADATA_DISABLED"] = "true";

for (const transport of transports) {
  const play = (script: string, prompt: string): Promise<PlayedTurn> => playTurn(script, prompt, radioTools, transport);

  describe(`a turn over ${transport === "tls" ? "TLS" : "plain HTTP"}`, () => {
    it("streams text delta by delta and completes", async () => {
      const { outcome, events, messages, requests } = await play("text", "How does the delay grow?");
      assert.deepEqual(outcome, { kind: "completed" });
      assert.deepEqual(
        events.flatMap((event) => (event.type === "text-delta" ? [event.text] : [])),
        ["The retry delay ", "doubles with ", "every attempt."],
      );
      assert.deepEqual(messages, [
        { role: "user", content: [{ text: "How does the delay grow?" }] },
        { role: "assistant", content: [{ text: "The retry delay doubles with every attempt." }] },
      ]);
      assert.deepEqual(
        requests.map(({ method, httpVersion }) => ({ method, httpVersion })),
        [{ method: "POST", httpVersion: "1.1" }],
      );
    });

    it("answers the radio station's question through its tool", async () => {
      const { outcome, events, messages } = await play("radio-station", "What is the most popular song on WZPZ?");
      assert.deepEqual(outcome, { kind: "completed" });
      assert.deepEqual(messages.slice(1, 3), [
        {
          role: "assistant",
          content: [
            { text: "I'll check the top song on WZPZ." },
            { toolUse: { toolUseId: "tooluse_kZJMlvQmRJ6eAyJE5GIl7Q", name: "top_song", input: { sign: "WZPZ" } } },
          ],
        },
        {
          role: "user",
          content: [
            {
              toolResult: {
                toolUseId: "tooluse_kZJMlvQmRJ6eAyJE5GIl7Q",
                status: "success",
                content: [{ json: { song: "Elemental Hotel", artist: "8 Storey Hike" } }],
              },
            },
          ],
        },
      ]);
      assert.equal(
        shownText(events),
        'I\'ll check the top song on WZPZ.The most popular song on WZPZ is "Elemental Hotel" by 8 Storey Hike.',
      );
    });

    it("tells the model that a station is unknown and goes on", async () => {
      const { outcome, messages, events } = await play("radio-station-unknown", "What is the top song on WZPA?");
      assert.deepEqual(outcome, { kind: "completed" });
      assert.deepEqual(messages[2]?.content, [
        {
          toolResult: {
            toolUseId: "tooluse_unknown",
            status: "error",
            content: [{ text: "Station WZPA not found." }],
          },
        },
      ]);
      assert.ok(shownText(events).endsWith("There is no station with the call sign WZPA."));
    });

    it("answers three parallel tool calls in one message, in the model's order", async () => {
      const { outcome, messages } = await play("parallel-tools", "Compare the stations.");
      assert.deepEqual(outcome, { kind: "completed" });
      assert.deepEqual(
        messages[2]?.content?.map(({ toolResult }) => [toolResult?.toolUseId, toolResult?.status]),
        [
          ["tooluse_1", "success"],
          ["tooluse_2", "error"],
          ["tooluse_3", "success"],
        ],
      );
    });

    it("runs a tool whose block has no input with an empty object", async () => {
      const { outcome, messages } = await play("tool-without-input", "Which stations are there?");
      assert.deepEqual(outcome, { kind: "completed" });
      assert.deepEqual(messages[1]?.content, [
        { toolUse: { toolUseId: "tooluse_list", name: "list_stations", input: {} } },
      ]);
    });

    it("puts an input together that was cut inside a code point", async () => {
      const { outcome, messages, events } = await play("input-cut-in-code-point", "And the emoji station?");
      assert.deepEqual(outcome, { kind: "completed" });
      assert.deepEqual(messages[1]?.content, [
        { toolUse: { toolUseId: "tooluse_emoji", name: "top_song", input: { sign: "😀 café ☃" } } },
      ]);
      assert.equal(shownText(events), "No station is called 😀 café ☃.");
    });

    it("replays reasoning byte for byte, signature and all", async () => {
      const { outcome, messages, requests } = await play("reasoning", "Which stations are there?");
      assert.deepEqual(outcome, { kind: "completed" });
      const reasoning = messages[1]?.content?.[0]?.reasoningContent?.reasoningText;
      assert.equal(reasoning?.text, "  The user asks for stations;\nI should list them. 🛰  ");
      assert.ok((reasoning?.signature?.length ?? 0) > 0);
      const sent = requests[1]?.body;
      assert.deepEqual(assistantBlocks(sent)[0], { reasoningContent: { reasoningText: reasoning } });
    });

    it("keeps one connection for all steps of a turn", async () => {
      const { requests } = await play("radio-station", "What is the most popular song on WZPZ?");
      assert.deepEqual(new Set(requests.map(({ connection }) => connection)).size, 1);
      assert.equal(requests.length, 2);
    });
  });
}

function assistantBlocks(body: unknown): readonly unknown[] {
  if (typeof body !== "object" || body === null || !("messages" in body) || !Array.isArray(body.messages)) return [];
  const message: unknown = body.messages.find((entry) => entry.role === "assistant");
  if (typeof message !== "object" || message === null || !("content" in message)) return [];
  return Array.isArray(message.content) ? message.content : [];
}
