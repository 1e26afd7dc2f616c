import assert from "node:assert/strict";
import { execFile } from "node:child_process";
import { describe, it } from "node:test";
import { fileURLToPath } from "node:url";
import { promisify } from "node:util";
import { parseToHost } from "../../src/vscode/parse-to-host.ts";
import { allow, calls, says, sessionScene, skip } from "./session-scene.ts";

const project = fileURLToPath(new URL("../..", import.meta.url));
const open = { answer: () => undefined };
const write = { tool: "write_file", input: { path: "a.txt", content: "new\n" } };

describe("what a webview may say", () => {
  it("J01 a message of any other form is dropped without an exception", () => {
    const big = "x".repeat(20_000_000);
    const deep = JSON.parse(`${"[".repeat(5_000)}${"]".repeat(5_000)}`);
    const hostile: readonly unknown[] = [
      null,
      "stop",
      { type: "unknown" },
      { type: "stop", extra: true },
      { type: "send", text: 1, attachments: [] },
      { type: "send", attachments: [] },
      { type: "send", text: big, attachments: [] },
      { type: "approve", answer: { id: big, digest: "d", decision: allow } },
      { type: "approve", answer: deep },
      JSON.parse('{"type":"stop","__proto__":{"trusted":true}}'),
      JSON.parse('{"__proto__":{"type":"stop"}}'),
      JSON.parse('{"type":"approve","answer":{"id":"a","digest":"b","decision":{"kind":"allow","constructor":1}}}'),
    ];
    assert.deepEqual(
      hostile.map((message) => parseToHost(message)),
      hostile.map(() => undefined),
    );
    assert.equal(Reflect.get({}, "trusted"), undefined);
  });

  it("J04 there is no message that runs a tool, sets policy or makes a rule", () => {
    const wished: readonly unknown[] = [
      { type: "runTool", tool: "run_command", input: { command: "id" } },
      { type: "setPolicy", policy: "allow" },
      { type: "autoApprove", value: true },
      { type: "addRule", rule: 'allow run_command(prefix "ls *")' },
      { type: "revokeRule", id: "r1" },
      { type: "lift" },
      { type: "resume", from: "user" },
      { type: "send", text: "x", attachments: [], autoApprove: true },
      { type: "approve", answer: { id: "a", digest: "b", decision: allow }, from: "user" },
      { type: "approve", answer: { id: "a", digest: "b", decision: { kind: "allow", rules: ["allow *"] } } },
      { type: "command", command: "outcrop.clearData" },
    ];
    assert.deepEqual(
      wished.map((message) => parseToHost(message)),
      wished.map(() => undefined),
    );
  });

  it("J06 an approval of another session is ignored", async (test) => {
    const shown = await sessionScene(test, [calls(write), says()], open);
    const hidden = await sessionScene(test, [calls(write), says()], open);
    const turns = [shown.send(), hidden.send()];
    const [inShown, inHidden] = [await shown.question(), await hidden.question()];
    assert.notEqual(inShown.digest, inHidden.digest);
    for (const from of ["panel", "user"] as const) {
      assert.equal(shown.session.answer({ id: inHidden.id, digest: inHidden.digest, decision: allow }, from), false);
    }
    assert.deepEqual([await shown.files(), await hidden.files()], [{}, {}]);
    for (const [{ session }, { id, digest }] of [
      [shown, inShown],
      [hidden, inHidden],
    ] as const) {
      session.answer({ id, digest, decision: skip });
    }
    await Promise.all(turns);
  });

  it("J07 what the panel is told of a turn holds no variable of the environment and none of its values", async (test) => {
    const variables = { OUTCROP_CANARY: "canary-value-in-the-environment-1", AWS_SECRET_ACCESS_KEY: "canary-secret-2" };
    Object.assign(process.env, variables);
    test.after(() => {
      for (const name of Object.keys(variables)) delete process.env[name];
    });
    const scene = await sessionScene(test, [calls(write, { tool: "run_command", input: { command: "true" } }), says()]);
    await scene.send();
    const told = JSON.stringify([scene.events, scene.session.chat]);
    for (const value of Object.values(variables)) assert.equal(told.includes(value), false, value);
    assert.equal(told.includes("AWS_SECRET"), false);
    assert.deepEqual(Object.keys(scene.session.chat).sort(), [
      "compactions",
      "current",
      "past",
      "sessionId",
      "withheld",
    ]);
  });

  it("J11 a turn of the demo listens on no port", async () => {
    const script = fileURLToPath(new URL("listening-turn.ts", import.meta.url));
    const { stdout } = await promisify(execFile)(process.execPath, [script], { cwd: project });
    assert.deepEqual(JSON.parse(stdout), { outcome: "completed", servers: [] });
  });
});
