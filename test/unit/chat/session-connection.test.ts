import assert from "node:assert/strict";
import { describe, it } from "node:test";
import type { Connection } from "../../../src/protocol/connection.ts";
import { createSession } from "../../support/create-session.ts";
import { messageStop, modelError, ScriptedModel, textBlock } from "../../support/scripted-model.ts";

const hello = [...textBlock(0, "Hello"), messageStop("end_turn")];
const prompt = { text: "Hi", attachments: [] };

describe("SessionConnection", () => {
  it("UX30 tells in the transcript of another model, region or endpoint in the middle of a turn, which is theirs then", async () => {
    for (const [other, words] of [
      [{ modelId: "m2", region: "eu-west-1" }, "m2"],
      [{ region: "us-east-1" }, "m1 (us-east-1)"],
      [{ region: "eu-west-1", endpoint: "https://gateway.example" }, "m1 (https://gateway.example)"],
      [{}, "m1 (in the profile's region)"],
    ] as const) {
      let connection: Connection = { kind: "bedrock", modelId: "m1", region: "eu-west-1" };
      const { session, stored } = createSession(new ScriptedModel([modelError("server", 8)], hello), {
        settings: () => ({
          connection,
          maxSteps: 25,
          limits: { retries: 5, longestWaitMs: 60_000 },
          compaction: "automatic",
        }),
      });
      session.subscribe((event) => {
        if (event.type === "retry-scheduled") connection = { kind: "bedrock", modelId: "m1", ...other };
      });
      await session.send(prompt);
      assert.deepEqual(
        stored.events.flatMap((event) => (event.type === "notice" ? [event.text] : [])),
        [`From here on ${words} answers.`],
      );
      const [turn] = session.chat.past;
      assert.deepEqual(turn?.connection, connection);
      assert.deepEqual(
        turn?.parts.flatMap((part) => (part.kind === "notice" ? [part.text] : [])),
        [`From here on ${words} answers.`],
      );
    }
  });

  it("names who answers instead from the start of every turn, and tells of it once", async () => {
    const [before, instead] = [
      { kind: "bedrock", modelId: "m1", region: "eu-west-1" },
      { kind: "bedrock", modelId: "m1", region: "eu-north-1" },
    ] as const;
    const { session, stored } = createSession(new ScriptedModel(hello, hello, hello), {
      settings: () => ({
        connection: before,
        maxSteps: 25,
        limits: { retries: 5, longestWaitMs: 60_000 },
        compaction: "automatic",
      }),
    });
    await session.send(prompt);
    session.connection.useInstead(instead);
    await session.send(prompt);
    await session.send(prompt);
    const told = stored.events.flatMap((event): readonly unknown[] => {
      if (event.type === "notice") return [event.text];
      return event.type === "turn-start" ? [event.connection] : [];
    });
    assert.deepEqual(told, [before, instead, instead]);
  });
});
