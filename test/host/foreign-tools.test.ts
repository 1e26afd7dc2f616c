import assert from "node:assert/strict";
import { before, test } from "node:test";
import * as vscode from "vscode";
import * as z from "zod";
import type { Tool } from "../../src/agent/tool.ts";
import { admitTools } from "../../src/policy/admit-tools.ts";
import { createForeignTools } from "../../src/tools/foreign/create-foreign-tools.ts";
import { EditorForeignTools } from "../../src/vscode/foreign/editor-foreign-tools.ts";
import { answeringTool } from "../support/fake-tool.ts";
import { runTool } from "../support/run-tool.ts";

const port = new EditorForeignTools();
const seenSchema = z.object({ prepared: z.array(z.unknown()), invoked: z.array(z.unknown()) });

/** What the other extension has seen so far. */
const seen = () => seenSchema.parse(neighbour().exports);

function neighbour() {
  return vscode.extensions.getExtension("outcrop-test.neighbour") ?? assert.fail("the other extension is not there");
}

function toolOf(name: string): Tool {
  return createForeignTools(port).find((tool) => tool.name === name) ?? assert.fail(`there is no tool ${name}`);
}

before(async () => {
  await neighbour().activate();
});

test("Tools of another extension are there with its name, off, and never by the name of one of ours", () => {
  const tool = toolOf("ext_read_file");
  assert.deepEqual(
    [tool.set, tool.isOffByDefault, tool.effect, tool.description],
    ["Extension: Neighbour", true, "execute", "Reads a file, says its maker."],
  );
  assert.deepEqual(tool.inputSchema, {
    type: "object",
    properties: { path: { type: "string" } },
    required: ["path"],
  });
  const own = answeringTool("read_file", "ours");
  const { tools, refused } = admitTools([own], createForeignTools(port));
  assert.deepEqual(refused, []);
  assert.deepEqual(
    tools.filter(({ name }) => name === "read_file"),
    [own],
  );
});

test("A call is asked about with its owner and input, prepared by the tool itself and answered as text", async () => {
  const before = seen();
  const { call, text, title } = await runTool(toolOf("ext_read_file"), { path: "/anything" });
  assert.deepEqual(call.subject.details.slice(0, 2), [
    { label: "From", value: "Extension: Neighbour, read_file" },
    { label: "Says of itself", value: "Reads a file, says its maker." },
  ]);
  assert.equal(title, "Called ext_read_file");
  assert.equal(text, "from\n/anything\nas an element");
  const { prepared, invoked } = seen();
  assert.deepEqual(
    [prepared.slice(before.prepared.length), invoked.slice(before.invoked.length)],
    [[{ path: "/anything" }], [{ path: "/anything" }]],
  );
});

test("What the tool refuses while it prepares is not run, and a failure is told as the tool says it", async () => {
  const { invoked } = seen();
  await assert.rejects(runTool(toolOf("ext_read_file"), { path: "/forbidden" }), /never that one/);
  assert.equal(seen().invoked.length, invoked.length);
  await assert.rejects(
    runTool(toolOf("ext_read_file"), { path: "/missing" }),
    /^ToolError: read_file failed: .*is not there/,
  );
});

test("Stop cancels a tool of another extension", async () => {
  const stop = new AbortController();
  const reason = new Error("stopped");
  const told = (name: "waiting" | "canceled") =>
    new Promise<void>((resolve) => Object.assign(neighbour().exports, { [name]: resolve }));
  const [waiting, canceled] = [told("waiting"), told("canceled")];
  const call = await toolOf("ext_neighbour_wait").prepare({}, stop.signal);
  const rejected = assert.rejects(call.run({ signal: stop.signal, output: () => undefined }), reason);
  await waiting;
  stop.abort(reason);
  await rejected;
  await canceled;
});
