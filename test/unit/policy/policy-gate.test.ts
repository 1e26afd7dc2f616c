import assert from "node:assert/strict";
import { symlink } from "node:fs/promises";
import { join } from "node:path";
import { describe, it } from "node:test";
import type { ApprovalDecision } from "../../../src/protocol/approval.ts";
import { allowOnce, executing, gateScene, reading, runAllowed, twoFolders } from "./gate-scene.ts";

const byDefault = "Allowed: it reads in the workspace.";

describe("PolicyGate and places", () => {
  it("lets reads inside the workspace through without a question", async (test) => {
    const { ws } = await twoFolders(test);
    const { authorize, requests } = gateScene({ folders: [ws] });
    const verdict = await authorize(reading(join(ws, "a.ts")));
    assert.deepEqual([verdict.kind, verdict.kind === "allow" && verdict.allowedBy, requests], ["allow", byDefault, []]);
  });

  it("asks for a read outside, shows where it leads, and offers no rule", async (test) => {
    const { ws, evil } = await twoFolders(test);
    const { authorize, requests } = gateScene({ folders: [ws] });
    const outside = join(evil, "b.ts");
    const verdict = await authorize(reading(join(ws, "a.ts"), outside));
    assert.equal(verdict.kind === "allow" && verdict.allowedBy, undefined);
    assert.deepEqual(
      requests.map(({ digest, ...request }) => ({ ...request, digest: digest.length })),
      [
        {
          id: "c1",
          digest: 64,
          title: "Read?",
          details: [{ label: "Outside the workspace", value: outside }],
          reason: `Outside the workspace: ${outside}.`,
          tier: 2,
          labels: ["outside workspace"],
          warnings: [],
          offers: [],
        },
      ],
    );
  });

  it("judges a path through a link by where it leads, and shows both", async (test) => {
    const { ws, evil } = await twoFolders(test);
    await symlink(evil, join(ws, "link"));
    const { authorize, requests } = gateScene({ folders: [ws] });
    await authorize(reading(join(ws, "link", "b.ts")));
    assert.deepEqual(requests[0]?.details, [
      { label: "Outside the workspace", value: join(evil, "b.ts") },
      { label: "Link", value: `${join(ws, "link", "b.ts")} → ${join(evil, "b.ts")}` },
    ]);
  });

  it("knows a workspace that is opened through a link, and several folders", async (test) => {
    const { ws, evil } = await twoFolders(test);
    const opened = `${ws}-opened`;
    await symlink(ws, opened);
    const { authorize, requests } = gateScene({ folders: [evil, opened] });
    await authorize(reading(join(ws, "a.ts"), join(opened, "a.ts"), join(evil, "b.ts")));
    assert.deepEqual(requests, []);
  });

  it("denies where no folder is open, and where the workspace is not trusted, without a question", async (test) => {
    const { ws } = await twoFolders(test);
    const [closed, untrusted] = [gateScene(), gateScene({ folders: [ws], isTrusted: () => false })];
    const verdicts = [await closed.authorize(reading(join(ws, "a.ts"))), await untrusted.authorize(executing())];
    assert.deepEqual(verdicts, [
      { kind: "deny", message: "E_OUTSIDE No folder is open in the editor." },
      {
        kind: "deny",
        message:
          "E_UNTRUSTED: The workspace is in Restricted Mode: tools are off until the user trusts it. Nothing was done.",
      },
    ]);
    assert.deepEqual([closed.requests, untrusted.requests], [[], []]);
  });
});

describe("PolicyGate and answers", () => {
  it("asks again after a yes without a rule", async () => {
    const { authorize, requests } = gateScene();
    for (let count = 0; count < 2; count++) await authorize(executing(), { input: {} });
    assert.equal(requests.length, 2);
  });

  it("makes the rules of the offer that was chosen, for its scope, and asks no more", async (test) => {
    const { ws } = await twoFolders(test);
    const writing = () =>
      executing({
        effect: "write",
        targets: [{ path: join(ws, "src", "x.ts"), change: { before: undefined, after: "x" } }],
      });
    for (const scope of ["turn", "session", "workspace"] as const) {
      const scene = gateScene({
        folders: [ws],
        answer: async ({ offers }): Promise<ApprovalDecision> => {
          const [first] = offers;
          return first === undefined ? allowOnce : { kind: "allow", grant: { offer: first.id, scope } };
        },
      });
      await scene.authorize(writing(), { tool: "write_file" });
      const again = await scene.authorize(writing(), { tool: "write_file" });
      assert.equal(scene.requests.length, 1);
      assert.match(
        again.kind === "allow" ? (again.allowedBy ?? "") : "",
        /^Allowed by your rule: allow write_file\(glob "src\/x\.ts"\) until \d{4}-\d\d-\d\d$/,
      );
      scene.gate.beginTurn("turn-2");
      await scene.authorize(writing(), { tool: "write_file" });
      assert.deepEqual(
        [scene.requests.length, scene.stored().length],
        { turn: [2, 0], session: [1, 0], workspace: [1, 2] }[scope],
      );
    }
  });

  it("makes no rule out of an offer or a scope that was not made", async (test) => {
    const { ws } = await twoFolders(test);
    const targets = [{ path: join(ws, "x.ts"), change: { before: undefined, after: "x" } }];
    for (const wrong of [{ offer: "other" }, { scope: "workspace" as const, last: true }]) {
      const scene = gateScene({
        folders: [ws],
        answer: async ({ offers }) => {
          const offer = (wrong.last ? offers.at(-1)?.id : wrong.offer) ?? "";
          return { kind: "allow", grant: { offer, scope: wrong.scope ?? "session" } };
        },
      });
      await scene.authorize(executing({ effect: "write", targets }), { tool: "write_file" });
      assert.deepEqual(scene.policy.rules.list(), []);
    }
  });

  it("gives the model the user's reason for a skip", async () => {
    for (const [feedback, told] of [
      [" use npm run check ", " The user says: use npm run check"],
      [" ", ""],
    ] as const) {
      const { authorize } = gateScene({ answer: async () => ({ kind: "skip", feedback }) });
      assert.deepEqual(await authorize(executing()), {
        kind: "deny",
        message: `The user skipped this call. Nothing was run or changed.${told}`,
      });
    }
  });

  it("binds the digest to tool, input, effect, question, details, places, texts, command and task", async (test) => {
    const { ws } = await twoFolders(test);
    const { gate, authorize, requests } = gateScene({ folders: [ws] });
    const { subject } = executing();
    const path = join(ws, "a.ts");
    const written = (before: string | undefined, after: string) =>
      executing({ effect: "write", targets: [{ path, change: { before, after } }] });
    const command = { line: "make", cwd: ws, shell: "/bin/sh" };
    const task = { label: "t", definition: "make", files: [], isResolvedByCommand: false };
    const variants = [
      [executing()],
      [executing(), { tool: "other" }],
      [executing(), { input: { other: 1 } }],
      [executing({ effect: "write" })],
      [executing({ subject: { ...subject, question: "?" } })],
      [executing({ subject: { ...subject, details: [] } })],
      [executing({ targets: [{ path }] })],
      [executing({ targets: [{ path, access: "read" }] })],
      [written("a", "b")],
      [written("a", "c")],
      [written("x", "b")],
      [written(undefined, "b")],
      [executing({ command })],
      [executing({ command: { ...command, line: "make x" } })],
      [executing({ command: { ...command, shell: "/bin/zsh" } })],
      [executing({ task })],
      [executing({ task: { ...task, definition: "make x" } })],
    ] as const;
    for (const [call, asking] of [...variants, [executing()] as const]) {
      gate.beginTurn("another");
      await authorize(call, { input: {}, ...asking });
    }
    const digests = requests.map(({ digest }) => digest);
    assert.equal(new Set(digests).size, variants.length);
    assert.equal(digests.at(-1), digests[0]);
  });
});

describe("PolicyGate and the record", () => {
  it("writes what was decided, by whom, and how it ended", async (test) => {
    const { ws } = await twoFolders(test);
    const path = join(ws, "a.ts");
    const scene = gateScene({ folders: [ws], rules: ['deny write_file(glob "b.ts")'] });
    await runAllowed(await scene.authorize(reading(path)));
    await runAllowed(await scene.authorize(executing({ targets: [{ path }] })));
    const denied = executing({ effect: "write", targets: [{ path: join(ws, "b.ts") }] });
    await scene.authorize(denied, { tool: "write_file" });
    await scene.gate.refused({ id: "c4", tool: "no_such\u202e", input: {} }, "E_SCHEMA There is no tool.");
    const of = (call: string, tool = "act") => ({ session: "s1", turn: "turn-1", call, tool });
    const decision = { event: "decision", targets: [path], labels: [] };
    assert.deepEqual(
      scene.entries.map((entry) => (entry.event === "decision" ? { ...entry, digest: entry.digest.length } : entry)),
      [
        { ...decision, ...of("c1"), digest: 64, decision: "allow", by: "default" },
        { event: "outcome", ...of("c1"), exit: "succeeded", bytes: 16 },
        { ...decision, ...of("c2"), digest: 64, decision: "ask", by: "default" },
        { ...decision, ...of("c2"), digest: 64, decision: "allow", by: "user" },
        { event: "outcome", ...of("c2"), exit: "succeeded", bytes: 16 },
        {
          ...decision,
          ...of("c3", "write_file"),
          ...{ digest: 64, targets: [join(ws, "b.ts")], decision: "deny", by: 'rule:deny write_file(glob "b.ts")' },
        },
        {
          ...decision,
          ...of("c4", "no_such⟦U+202E⟧"),
          ...{ digest: 0, targets: [], decision: "deny", by: "floor", labels: ["E_SCHEMA"] },
        },
      ],
    );
  });

  it("runs nothing where the log cannot be written, whoever would have allowed it", async (test) => {
    const { ws } = await twoFolders(test);
    const record = async (): Promise<never> => Promise.reject(new Error("E_AUDIT: the disk is full"));
    const { authorize, requests } = gateScene({ folders: [ws], record });
    for (const call of [reading(join(ws, "a.ts")), executing()]) {
      assert.deepEqual(await authorize(call), { kind: "deny", message: "E_AUDIT: the disk is full" });
    }
    assert.deepEqual(requests, []);
  });
});
