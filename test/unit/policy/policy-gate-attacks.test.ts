import assert from "node:assert/strict";
import { join } from "node:path";
import { describe, it } from "node:test";
import { setImmediate as tick } from "node:timers/promises";
import type { PreparedCall } from "../../../src/agent/tool.ts";
import { ToolError } from "../../../src/agent/tool.ts";
import type { AuditEntry } from "../../../src/policy/audit/audit-record.ts";
import { Redactor } from "../../../src/policy/redaction/redactor.ts";
import { allowOnce, executing, gateScene, reading, runAllowed, twoFolders } from "./gate-scene.ts";

const stale = {
  kind: "deny",
  message: "E_STALE What was shown has changed since. Nothing was done; call the tool again.",
};
const { signal } = new AbortController();

describe("what changes between the question and the run", () => {
  it("another effect, place, command, task or detail at the second preparation is stale", async (test) => {
    const { ws, evil } = await twoFolders(test);
    const first = executing({ targets: [{ path: join(ws, "a.ts") }] });
    const others: readonly Partial<PreparedCall>[] = [
      { effect: "read" },
      { effect: "network" },
      { targets: [] },
      { targets: [{ path: join(evil, "b.ts") }] },
      { targets: [{ path: join(ws, "a.ts"), access: "read" }] },
      { command: { line: "rm -r .", cwd: ws, shell: "/bin/sh" } },
      { task: { label: "t", definition: "d", files: [], isResolvedByCommand: false } },
      { subject: { ...first.subject, details: [] } },
      { isForeign: true },
      { includesIgnored: true },
      { attempted: { effect: "write", targets: [{ path: join(ws, ".git", "config") }] } },
    ];
    for (const other of others) {
      const second = { ...first, ...other };
      const { authorize } = gateScene({ folders: [ws] });
      assert.deepEqual(await authorize(first, { prepare: async () => second }), stale, JSON.stringify(other));
    }
    const { authorize } = gateScene({ folders: [ws] });
    assert.equal((await authorize(first)).kind, "allow");
  });

  it("a question that would have to be asked in a dialog by now is stale on a card's yes", async (test) => {
    const { ws } = await twoFolders(test);
    const path = join(ws, "tasks.json");
    const task = { label: "t", definition: "make", files: [path], isResolvedByCommand: false };
    const scene = gateScene({
      folders: [ws],
      answer: async ({ id }) => {
        // Another call of the same message writes the file while this question is open.
        if (id === "c1") await runAllowed(await scene.authorize(writing));
        return allowOnce;
      },
    });
    const writing = executing({ effect: "write", targets: [{ path }] });
    assert.deepEqual(await scene.authorize(executing({ task })), stale);
    assert.deepEqual(
      scene.requests.map(({ tier, labels }) => [tier, labels]),
      [
        [1, []],
        [1, []],
      ],
    );
  });

  it("a preparation that fails the second time denies with its reason", async (test) => {
    const { ws } = await twoFolders(test);
    const errors = [new ToolError("a.ts is gone.", "E_PATH"), new TypeError("bug"), "text", null] as const;
    const messages: unknown[] = [];
    for (const error of errors) {
      const { authorize } = gateScene({ folders: [ws] });
      const verdict = await authorize(executing(), { prepare: () => Promise.reject(error) });
      messages.push(verdict.kind === "deny" && verdict.message);
    }
    assert.deepEqual(messages, [
      "E_PATH a.ts is gone.",
      "E_INTERNAL: bug Nothing was done.",
      "E_INTERNAL: text Nothing was done.",
      "E_INTERNAL: null Nothing was done.",
    ]);
  });

  it("a Stop while the call is checked again allows nothing, makes no rule and records no yes", async (test) => {
    const { ws } = await twoFolders(test);
    const controller = new AbortController();
    const reason = new Error("stopped");
    const targets = [{ path: join(ws, "x.ts"), change: { before: undefined, after: "x" } }];
    const call = executing({ effect: "write", targets });
    const scene = gateScene({
      folders: [ws],
      answer: async ({ offers }) => ({ kind: "allow", grant: { offer: offers[0]?.id ?? "", scope: "workspace" } }),
    });
    const prepare = async (): Promise<PreparedCall> => {
      controller.abort(reason);
      await tick();
      return call;
    };
    await assert.rejects(scene.authorize(call, { tool: "write_file", prepare, signal: controller.signal }), reason);
    assert.deepEqual([scene.stored(), scene.entries.length], [[], 1]);
  });

  it("a Stop at the very moment of the yes throws the signal's reason", async () => {
    const controller = new AbortController();
    const reason = new Error("stopped");
    const { authorize } = gateScene({
      answer: async () => {
        controller.abort(reason);
        return allowOnce;
      },
    });
    await assert.rejects(authorize(executing(), { signal: controller.signal }), reason);
  });

  it("trust that is lost between the verdict and the run stops the run", async (test) => {
    const { ws } = await twoFolders(test);
    let isTrusted = true;
    const { authorize } = gateScene({ folders: [ws], isTrusted: () => isTrusted });
    const call = executing();
    const verdict = await authorize(call);
    isTrusted = false;
    await assert.rejects(runAllowed(verdict), /^ToolError: E_UNTRUSTED: /);
    assert.equal(call.runs, 0);
  });
});

describe("what throws where nothing should", () => {
  it("a store of rules that cannot be written denies the call whose yes would have made one", async (test) => {
    const { ws } = await twoFolders(test);
    const targets = [{ path: join(ws, "x.ts"), change: { before: undefined, after: "x" } }];
    const scene = gateScene({
      folders: [ws],
      save: () => Promise.reject(new Error("read-only")),
      answer: async ({ offers }) => ({ kind: "allow", grant: { offer: offers[0]?.id ?? "", scope: "workspace" } }),
    });
    const verdict = await scene.authorize(executing({ effect: "write", targets }), { tool: "write_file" });
    assert.deepEqual(verdict, { kind: "deny", message: "E_INTERNAL: read-only Nothing was done." });
  });

  it("a user interface that fails is no yes", async () => {
    const { authorize } = gateScene({ answer: () => Promise.reject(new Error("no window")) });
    assert.deepEqual(await authorize(executing()), {
      kind: "deny",
      message: "E_INTERNAL: no window Nothing was done.",
    });
  });

  it("a log that fails between the question and the yes denies", async () => {
    let lines = 0;
    const record = async (): Promise<void> => {
      if (++lines > 1) throw new Error("E_AUDIT: full");
    };
    const { authorize, requests } = gateScene({ record });
    assert.deepEqual(await authorize(executing()), { kind: "deny", message: "E_AUDIT: full" });
    assert.equal(requests.length, 1);
  });

  it("a log that fails after the run says that the call ran, and the next call does not", async () => {
    const ended: AuditEntry[] = [];
    const record = async (entry: AuditEntry): Promise<void> => {
      if (entry.event === "outcome" || ended.length > 0) {
        ended.push(entry);
        throw new Error("E_AUDIT: full");
      }
    };
    const { authorize } = gateScene({ record });
    const call = executing();
    const verdict = await authorize(call);
    await assert.rejects(
      runAllowed(verdict),
      new ToolError("The call ran to its end, but that could not be recorded. E_AUDIT: full"),
    );
    assert.deepEqual(
      ended.map((entry) => entry.event === "outcome" && entry.exit),
      ["succeeded"],
    );
    assert.equal((await authorize(executing())).kind, "deny");
    assert.equal(call.runs, 1);
  });

  it("a redactor that fails hides the result, the question and the error behind its own failure", async (test) => {
    const { ws } = await twoFolders(test);
    const redactor = new Redactor();
    const { authorize, requests } = gateScene({ folders: [ws], redactor });
    const verdict = await authorize(reading(join(ws, "a.ts")));
    redactor.redact = () => {
      throw new Error("no masks");
    };
    await assert.rejects(runAllowed(verdict), /^Error: no masks$/);
    const asked = await authorize(executing()).catch((error: unknown) => error);
    assert.match(String(asked instanceof Error ? asked.message : JSON.stringify(asked)), /no masks/);
    assert.deepEqual(requests, []);
  });

  it("a secret in what denies a call is masked", async (test) => {
    const { ws } = await twoFolders(test);
    const secret = "canary-of-a-path";
    const redactor = new Redactor({ liveSecrets: [{ value: secret, kind: "credential" }] });
    const { authorize } = gateScene({ folders: [ws], redactor });
    const path = join(ws, secret);
    const call = executing({ effect: "read", targets: [{ path, canonical: join(ws, "elsewhere") }] });
    const verdict = await authorize(call);
    assert.equal(verdict.kind, "deny");
    assert.match(JSON.stringify(verdict), /E_STALE.*\[redacted:credential#1\]/);
    assert.equal(JSON.stringify(verdict).includes(secret), false);
  });

  it("a run that was allowed once does not run twice, at once or later", async () => {
    const { authorize } = gateScene();
    const call = executing();
    const verdict = await authorize(call);
    if (verdict.kind !== "allow") return assert.fail();
    const context = { signal, output: () => undefined };
    const [first, second] = await Promise.allSettled([verdict.run(context), verdict.run(context)]);
    assert.deepEqual([first.status, second.status], ["fulfilled", "rejected"]);
    await assert.rejects(verdict.run(context), /has been run already/);
    assert.equal(call.runs, 1);
  });

  it("a run behind a Stop does not begin", async () => {
    const { authorize } = gateScene();
    const call = executing();
    const verdict = await authorize(call);
    if (verdict.kind !== "allow") return assert.fail();
    const reason = new Error("stopped");
    await assert.rejects(verdict.run({ signal: AbortSignal.abort(reason), output: () => undefined }), reason);
    assert.equal(call.runs, 0);
  });

  it("input that makes the detector of loops fail is denied, not run", async () => {
    const circle: { self?: unknown } = {};
    circle.self = circle;
    const { authorize, requests } = gateScene();
    const verdict = await authorize(executing(), { input: circle });
    assert.equal(verdict.kind === "deny" && verdict.message.startsWith("E_INTERNAL: "), true);
    assert.deepEqual(requests, []);
  });
});
