import assert from "node:assert/strict";
import { describe, it } from "node:test";
import type { Message } from "@aws-sdk/client-bedrock-runtime";
import { shortenedResults } from "../../../src/chat/shortened-results.ts";

const call = (toolUseId: string, name: string, path: string): Message => {
  return { role: "assistant", content: [{ toolUse: { toolUseId, name, input: { path } } }] };
};
const result = (toolUseId: string, length: number): Message => {
  return { role: "user", content: [{ toolResult: { toolUseId, content: [{ text: "x".repeat(length) }] } }] };
};

describe("shortenedResults", () => {
  const messages = [
    call("t1", "read_file", "a.ts"),
    result("t1", 5_000),
    call("t2", "read_file", "b.ts"),
    result("t2", 100),
    call("t3", "search_files", "c".repeat(200)),
    result("t3", 900),
    call("t4", "read_file", "d.ts"),
    result("t4", 7_000),
  ];

  it("lists the calls whose results become shorter, oldest first, long inputs cut", () => {
    assert.deepEqual(shortenedResults(messages, 7), [
      { tool: "read_file", input: '{"path":"a.ts"}', characters: 5_000 },
      { tool: "search_files", input: `{"path":"${"c".repeat(111)}…`, characters: 900 },
    ]);
  });
});
