import assert from "node:assert/strict";
import { describe, it } from "node:test";
import * as z from "zod";
import { defineTool, type PreparedCall, ToolError, textResult } from "../../../src/agent/tool.ts";

const prepared: PreparedCall = {
  title: "Looking",
  effect: "read",
  targets: [],
  subject: { question: "Look?", details: [] },
  timeoutMs: 1_000,
  run: async () => ({ content: textResult("x"), title: "Looked" }),
};

const inputs: unknown[] = [];
const look = defineTool({
  name: "look",
  description: "Looks.",
  input: z.strictObject({
    path: z.string().describe("Where to look."),
    depth: z.int().min(1).default(2),
    kind: z.enum(["file", "folder"]).optional(),
  }),
  effect: "read",
  limits: [],
  streamingTitle: "Looking",
  prepare: (input) => {
    inputs.push(input);
    return prepared;
  },
});

describe("defineTool", () => {
  it("derives a plain JSON Schema from the input type", () => {
    assert.deepEqual(look.inputSchema, {
      type: "object",
      properties: {
        path: { type: "string", description: "Where to look." },
        depth: { default: 2, type: "integer", minimum: 1, maximum: Number.MAX_SAFE_INTEGER },
        kind: { type: "string", enum: ["file", "folder"] },
      },
      required: ["path"],
      additionalProperties: false,
    });
  });

  it("prepares from the parsed input, defaults filled in", async () => {
    assert.equal(await look.prepare({ path: "src" }, new AbortController().signal), prepared);
    assert.deepEqual(inputs, [{ path: "src", depth: 2 }]);
  });

  it("answers bad input with what is wrong, and prepares nothing", async () => {
    const before = inputs.length;
    const preparing = look.prepare({ path: 3, depth: 0, more: true }, new AbortController().signal);
    await assert.rejects(preparing, (error) => {
      assert.ok(error instanceof ToolError);
      assert.equal(
        error.message,
        [
          "E_SCHEMA The input of look is not valid.",
          '✖ Unrecognized key: "more"',
          "✖ Invalid input: expected string, received number",
          "  → at path",
          "✖ Too small: expected number to be >=1",
          "  → at depth",
        ].join("\n"),
      );
      return true;
    });
    assert.equal(inputs.length, before);
  });
});

describe("textResult", () => {
  it("says that there was no output where the text is blank", () => {
    assert.deepEqual(textResult("a\n"), [{ text: "a\n" }]);
    assert.deepEqual(textResult(" \n"), [{ text: "(no output)" }]);
  });
});
