import assert from "node:assert/strict";
import { mkdir, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { it } from "node:test";
import { createSession } from "../../support/create-session.ts";
import { fakeTool } from "../../support/fake-tool.ts";
import { messageStop, ScriptedModel, textBlock, toolBlock } from "../../support/scripted-model.ts";
import { temporaryFolder } from "../../support/temporary-folder.ts";
import { testPolicy } from "../../support/test-policy.ts";

const calling = (id: string) => [...toolBlock(0, id, "read_file"), messageStop("tool_use")];

it("F09 trust counts at every call: one that comes after it is gone does not run, though its turn began before", async (test) => {
  const folder = await temporaryFolder(test);
  let isTrusted = true;
  let runs = 0;
  const tool = fakeTool("read_file", () => ({
    run: async () => {
      runs++;
      isTrusted = false;
      return { content: [{ text: "read" }], title: "Read" };
    },
  }));
  const { policy, entries } = testPolicy({ folders: [folder], isTrusted: () => isTrusted });
  const model = new ScriptedModel(calling("t1"), calling("t2"), [...textBlock(0, "Done."), messageStop("end_turn")]);
  const { session } = createSession(model, {
    tools: () => [tool],
    createGate: (ask, notify) => policy.createGate(ask, notify),
  });
  assert.deepEqual(await session.send({ text: "read twice", attachments: [] }), { kind: "completed" });
  assert.equal(runs, 1);
  const states = session.chat.past[0]?.parts.flatMap((part) => (part.kind === "tool" ? [part.call.status] : [])) ?? [];
  assert.deepEqual(
    states.map(({ kind }) => kind),
    ["succeeded", "denied"],
  );
  assert.match(JSON.stringify(states[1]), /E_UNTRUSTED/);
  assert.deepEqual(
    entries.flatMap((entry) => (entry.event === "decision" ? [entry.decision] : [])),
    ["allow", "deny"],
  );
});

it("F09 a folder is inside from the moment at which it is open, and outside before", async (test) => {
  const root = await temporaryFolder(test);
  const [first, second] = [join(root, "first"), join(root, "second")];
  for (const folder of [first, second]) await mkdir(folder);
  const file = join(second, "a.txt");
  await writeFile(file, "a\n");
  const folders = [first];
  const asked: string[] = [];
  const tool = fakeTool("read_file", () => ({
    targets: [{ path: file, access: "read" }],
    run: async () => {
      folders.push(second);
      return { content: [{ text: "a" }], title: "Read" };
    },
  }));
  const { policy } = testPolicy({ folders });
  const model = new ScriptedModel(calling("t1"), calling("t2"), [...textBlock(0, "Done."), messageStop("end_turn")]);
  const { session } = createSession(model, {
    tools: () => [tool],
    createGate: (ask, notify) => policy.createGate(ask, notify),
  });
  session.subscribe((event) => {
    if (event.type !== "tool-awaiting-approval") return;
    const { id, digest, labels } = event.request;
    asked.push(labels.join());
    setImmediate(() => session.answer({ id, digest, decision: { kind: "allow" } }, "user"));
  });
  assert.deepEqual(await session.send({ text: "read twice", attachments: [] }), { kind: "completed" });
  assert.deepEqual(asked, ["outside workspace"]);
});
