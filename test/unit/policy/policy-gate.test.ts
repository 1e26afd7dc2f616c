import assert from "node:assert/strict";
import { mkdir, symlink, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { describe, it, type TestContext } from "node:test";
import type { PreparedCall } from "../../../src/agent/tool.ts";
import { PolicyGate } from "../../../src/policy/policy-gate.ts";
import type { ApprovalDecision, ApprovalRequest } from "../../../src/protocol/approval.ts";
import { temporaryFolder } from "../../support/temporary-folder.ts";

const { signal } = new AbortController();
const allowOnce: ApprovalDecision = { kind: "allow", scope: "once" };
const allowSession: ApprovalDecision = { kind: "allow", scope: "session" };

function call(parts: Partial<PreparedCall> = {}): PreparedCall {
  return {
    title: "Running",
    effect: "execute",
    targets: [],
    subject: { question: 'Run task "test"?', details: [{ label: "Command", value: "npm test" }], grantKey: "test" },
    timeoutMs: 1_000,
    run: () => assert.fail("the gate runs nothing"),
    ...parts,
  };
}

function read(...paths: readonly string[]): PreparedCall {
  const targets = paths.map((path) => ({ path }));
  return call({ effect: "read", targets, subject: { question: "Read?", details: [] } });
}

interface Asked {
  readonly gate: PolicyGate;
  readonly requests: readonly ApprovalRequest[];
}

/** A gate for these folders, and a user who always answers the same. */
function createGate(folders: readonly string[], answer: ApprovalDecision = allowOnce, trusted = true): Asked {
  const requests: ApprovalRequest[] = [];
  const gate = new PolicyGate({
    folders: () => folders,
    isTrusted: () => trusted,
    ask: async (request) => {
      requests.push(request);
      return answer;
    },
  });
  return { gate, requests };
}

/** `ws` with `a.ts` in it, and beside it `ws-evil/b.ts`. */
async function workspace(test: TestContext): Promise<string> {
  const folder = await temporaryFolder(test);
  await mkdir(join(folder, "ws"));
  await mkdir(join(folder, "ws-evil"));
  await writeFile(join(folder, "ws", "a.ts"), "");
  await writeFile(join(folder, "ws-evil", "b.ts"), "");
  return folder;
}

describe("PolicyGate and places", () => {
  it("lets reads inside the workspace through without a question", async (test) => {
    const folder = await workspace(test);
    const { gate, requests } = createGate([join(folder, "ws")]);
    const verdict = await gate.authorize("c1", "read_file", read(join(folder, "ws", "a.ts")), signal);
    assert.deepEqual(verdict, { kind: "allow", allowedBy: "Allowed: it reads in the workspace." });
    assert.deepEqual(requests, []);
  });

  it("asks for a read outside, shows where it leads, and offers no grant for the session", async (test) => {
    const folder = await workspace(test);
    const { gate, requests } = createGate([join(folder, "ws")]);
    const evil = join(folder, "ws-evil", "b.ts");
    const subject = { question: "Read ../ws-evil/b.ts?", details: [{ label: "Path", value: "x" }], grantKey: "k" };
    const outside = { ...read(join(folder, "ws", "a.ts"), evil), subject };
    assert.deepEqual(await gate.authorize("c1", "read_file", outside, signal), { kind: "allow" });
    assert.deepEqual(
      requests.map(({ digest, ...request }) => ({ ...request, digest: digest.length })),
      [
        {
          id: "c1",
          digest: 64,
          title: "Read ../ws-evil/b.ts?",
          details: [
            { label: "Path", value: "x" },
            { label: "Outside the workspace", value: evil },
          ],
          reason: `Outside the workspace: ${evil}`,
          scopes: ["once"],
        },
      ],
    );
  });

  it("judges a path through a link by where it leads", async (test) => {
    const folder = await workspace(test);
    await symlink(join(folder, "ws-evil"), join(folder, "ws", "link"));
    await symlink(join(folder, "ws-evil", "missing"), join(folder, "ws", "dangling"));
    const { gate, requests } = createGate([join(folder, "ws")]);
    await gate.authorize("c1", "read_file", read(join(folder, "ws", "link", "b.ts")), signal);
    await gate.authorize("c2", "write_file", read(join(folder, "ws", "dangling")), signal);
    assert.deepEqual(
      requests.map(({ reason }) => reason),
      [
        `Outside the workspace: ${join(folder, "ws-evil", "b.ts")}`,
        `Outside the workspace: ${join(folder, "ws-evil", "missing")}`,
      ],
    );
  });

  it("knows a workspace that is opened through a link, and several folders", async (test) => {
    const folder = await workspace(test);
    await symlink(join(folder, "ws"), join(folder, "opened"));
    const { gate, requests } = createGate([join(folder, "ws-evil"), join(folder, "opened")]);
    const both = read(join(folder, "ws", "a.ts"), join(folder, "opened", "a.ts"), join(folder, "ws-evil", "b.ts"));
    assert.deepEqual(await gate.authorize("c1", "read_file", both, signal), {
      kind: "allow",
      allowedBy: "Allowed: it reads in the workspace.",
    });
    assert.deepEqual(requests, []);
  });

  it("takes everything for outside where no folder is open", async (test) => {
    const folder = await workspace(test);
    const { gate, requests } = createGate([]);
    await gate.authorize("c1", "read_file", read(join(folder, "ws", "a.ts")), signal);
    assert.equal(requests.length, 1);
  });

  it("denies without a question where the workspace is not trusted", async () => {
    const { gate, requests } = createGate([], allowOnce, false);
    assert.deepEqual(await gate.authorize("c1", "run_task", call(), signal), {
      kind: "deny",
      message: "E_UNTRUSTED: the workspace is in Restricted Mode, tools are off. Nothing was done.",
    });
    assert.deepEqual(requests, []);
  });
});

describe("PolicyGate and answers", () => {
  it("asks with task and command, and offers once and session", async () => {
    const { gate, requests } = createGate([]);
    assert.deepEqual(await gate.authorize("c1", "run_task", call(), signal), { kind: "allow" });
    assert.deepEqual(
      requests.map(({ digest: _, ...request }) => request),
      [
        {
          id: "c1",
          title: 'Run task "test"?',
          details: [{ label: "Command", value: "npm test" }],
          reason: "It runs a program, and no rule allows it.",
          scopes: ["once", "session"],
        },
      ],
    );
  });

  it("asks again after Allow Once", async () => {
    const { gate, requests } = createGate([], allowOnce);
    await gate.authorize("c1", "run_task", call(), signal);
    await gate.authorize("c2", "run_task", call(), signal);
    assert.equal(requests.length, 2);
  });

  it("lets exactly the same grant of the same tool through for the session", async () => {
    const { gate, requests } = createGate([], allowSession);
    const other = call({ subject: { ...call().subject, grantKey: "build" } });
    const { grantKey: _, ...withoutGrant } = call().subject;
    await gate.authorize("c1", "run_task", call(), signal);
    await gate.authorize("c2", "run_task", call(), signal);
    assert.deepEqual(
      requests.map(({ id }) => id),
      ["c1"],
    );
    await gate.authorize("c3", "run_task", other, signal);
    await gate.authorize("c4", "run_command", call(), signal);
    await gate.authorize("c5", "run_task", call({ subject: withoutGrant }), signal);
    assert.deepEqual(
      requests.map(({ id, scopes }) => [id, scopes]),
      [
        ["c1", ["once", "session"]],
        ["c3", ["once", "session"]],
        ["c4", ["once", "session"]],
        ["c5", ["once"]],
      ],
    );
  });

  it("keeps grants to itself: another session asks", async () => {
    await createGate([], allowSession).gate.authorize("c1", "run_task", call(), signal);
    const other = createGate([]);
    await other.gate.authorize("c1", "run_task", call(), signal);
    assert.equal(other.requests.length, 1);
  });

  it("makes no grant out of a scope that it did not offer", async (test) => {
    const folder = await workspace(test);
    const { gate, requests } = createGate([join(folder, "ws")], allowSession);
    const targets = [{ path: join(folder, "ws-evil", "b.ts") }];
    await gate.authorize("c1", "run_task", call({ targets }), signal);
    await gate.authorize("c2", "run_task", call({ targets }), signal);
    await gate.authorize("c3", "run_task", call(), signal);
    assert.deepEqual(
      requests.map(({ id }) => id),
      ["c1", "c2", "c3"],
    );
  });

  it("gives the model the user's reason for a skip", async () => {
    const skipped = createGate([], { kind: "skip", feedback: " use npm run check " });
    assert.deepEqual(await skipped.gate.authorize("c1", "run_task", call(), signal), {
      kind: "deny",
      message: "The user skipped this call. Nothing was run or changed. The user says: use npm run check",
    });
    const silent = createGate([], { kind: "skip", feedback: " " });
    assert.deepEqual(await silent.gate.authorize("c1", "run_task", call(), signal), {
      kind: "deny",
      message: "The user skipped this call. Nothing was run or changed.",
    });
  });

  it("binds the digest to id, tool, effect, question, details and targets", async (test) => {
    const folder = await workspace(test);
    const { gate, requests } = createGate([folder]);
    const variants: readonly (readonly [string, string, PreparedCall])[] = [
      ["c1", "run_task", call()],
      ["c2", "run_task", call()],
      ["c1", "other", call()],
      ["c1", "run_task", call({ effect: "write" })],
      ["c1", "run_task", call({ subject: { ...call().subject, question: "?" } })],
      ["c1", "run_task", call({ subject: { ...call().subject, details: [] } })],
      ["c1", "run_task", call({ targets: [{ path: join(folder, "ws", "a.ts") }] })],
      ["c1", "run_task", call()],
    ];
    for (const [id, tool, prepared] of variants) await gate.authorize(id, tool, prepared, signal);
    const digests = requests.map(({ digest }) => digest);
    assert.equal(new Set(digests).size, variants.length - 1);
    assert.equal(digests.at(-1), digests[0]);
  });

  it("throws the signal's reason when stopped while the user is asked, even where the answer came as well", async () => {
    const controller = new AbortController();
    const reason = new Error("stopped");
    const gate = new PolicyGate({
      folders: () => [],
      isTrusted: () => true,
      ask: async () => {
        controller.abort(reason);
        return allowSession;
      },
    });
    await assert.rejects(gate.authorize("c1", "run_task", call(), controller.signal), reason);
  });
});
