import assert from "node:assert/strict";
import { join } from "node:path";
import { describe, it, type TestContext } from "node:test";
import type { ApprovalDecision, ApprovalRequest } from "../../../src/protocol/approval.ts";
import { executing, type GateScene, gateScene, runAllowed, twoFolders } from "./gate-scene.ts";

const running = (line: string, cwd: string) => executing({ command: { line, cwd, shell: "/bin/bash" } });
const writing = (path: string) => executing({ effect: "write", targets: [{ path }] });
const edit = { tool: "write_file" };
const reason = "Allowed by Allow All, which you turned on in this chat.";

async function opened(test: TestContext) {
  const folders = await twoFolders(test);
  const scene = gateScene({ folders: [folders.ws], mayAllowAll: () => true });
  return { ...folders, scene };
}

/** How the last call was decided, and by whom. */
function decided({ entries }: GateScene): unknown {
  const last = entries.findLast((entry) => entry.event === "decision");
  return last?.event === "decision" && [last.decision, last.by];
}

describe("the gate while Allow All is on", () => {
  it("UX74 UX79 runs an ordinary edit and a command unasked, says why and writes it down", async (test) => {
    const { ws, scene } = await opened(test);
    await scene.policy.allowAll.turnOn();
    for (const [call, asking] of [
      [writing(join(ws, "a.ts")), edit],
      [running("make test", ws), { tool: "run_command" }],
    ] as const) {
      const verdict = await scene.authorize(call, asking);
      assert.equal(verdict.kind === "allow" && verdict.allowedBy, reason);
      assert.deepEqual(decided(scene), ["allow", "allow-all"]);
      await runAllowed(verdict);
    }
    assert.deepEqual(scene.requests, []);
  });

  it("asks about programs that delete or change more than they name, and not where they only look", async (test) => {
    const { ws, scene } = await opened(test);
    await scene.policy.allowAll.turnOn();
    const asks = async (line: string): Promise<boolean> => {
      const before = scene.requests.length;
      await scene.authorize(running(line, ws), { tool: "run_command" });
      return scene.requests.length > before;
    };
    const destructive = ["rm -rf .", "git reset --hard", "git commit -m x", "mv a b", "cp -r a .", "tar xf a.tar"];
    const others = ["curl https://a.example", "node a.js", "ls $(id)", "sudo ls", "echo x > .vscode/settings.json"];
    for (const line of [...destructive, ...others, "ls && rm a"]) assert.equal(await asks(line), true, line);
    for (const line of ["ls", "git status", "git diff", "cargo test"]) assert.equal(await asks(line), false, line);
  });

  it("G01 UX79 does not answer what waits, not even when a rule makes it look again", async (test) => {
    const { ws, scene } = await opened(test);
    const { policy } = scene;
    const open: { readonly request: ApprovalRequest; answer(decision: ApprovalDecision): void }[] = [];
    const gate = policy.createGate(
      (request, taken) =>
        new Promise((resolve, reject) => {
          open.push({ request, answer: resolve });
          taken.addEventListener("abort", () => reject(taken.reason));
        }),
      () => undefined,
    );
    gate.beginTurn("turn-1");
    const [first, second] = ["make one", "make two"].map((line) => {
      const call = running(line, ws);
      const asked = { id: line, tool: "run_command", input: { line }, call, prepare: async () => call };
      return gate.authorize(asked, new AbortController().signal);
    });
    while (open.length < 2) await new Promise(setImmediate);
    await policy.allowAll.turnOn();
    // Which of them is asked first is not said.
    const [{ request, answer } = assert.fail(), other] = open.toSorted((one) =>
      one.request.id === "make one" ? -1 : 1,
    );
    answer({ kind: "allow", grant: { offer: request.offers[0]?.id ?? "", scope: "session" } });
    assert.equal((await first)?.kind, "allow");
    other?.answer({ kind: "skip", feedback: "" });
    assert.equal((await second)?.kind, "deny");
  });

  it("UX79 runs nothing more once it is off, also what it had allowed", async (test) => {
    const { ws, scene } = await opened(test);
    await scene.policy.allowAll.turnOn();
    const call = writing(join(ws, "a.ts"));
    const verdict = await scene.authorize(call, edit);
    scene.policy.allowAll.turnOff();
    await assert.rejects(runAllowed(verdict), /^ToolError: E_STALE: Allow All was turned off\./);
    assert.equal(call.runs, 0);
    await scene.authorize(writing(join(ws, "a.ts")), edit);
    assert.equal(scene.requests.length, 1);
  });

  it("L03 asks again from the turn on that has read untrusted content, which stays in the conversation", async (test) => {
    const { ws, scene } = await opened(test);
    await scene.policy.allowAll.turnOn();
    await runAllowed(await scene.authorize(executing({ isForeign: true })));
    const before = scene.requests.length;
    await scene.authorize(writing(join(ws, "a.ts")), edit);
    scene.gate.beginTurn("turn-2");
    await scene.authorize(writing(join(ws, "a.ts")), edit);
    assert.equal(scene.requests.length, before + 2);
    for (const { reason } of scene.requests.slice(before)) assert.match(reason, /^This chat holds untrusted content\./);
  });

  it("is nothing for what is attached to a prompt", async (test) => {
    const { ws, scene } = await opened(test);
    await scene.policy.allowAll.turnOn();
    const asked: string[] = [];
    const gate = scene.policy.createContextGate(
      async ({ title }) => {
        asked.push(title);
        return { kind: "skip", feedback: "" };
      },
      () => undefined,
    );
    const call = writing(join(ws, "a.ts"));
    const { signal } = new AbortController();
    await gate.authorize({ id: "a", input: {}, call, prepare: async () => call, ...edit }, signal);
    assert.equal(asked.length, 1);
  });
});
