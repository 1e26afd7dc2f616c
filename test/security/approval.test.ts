import assert from "node:assert/strict";
import { writeFile } from "node:fs/promises";
import { join } from "node:path";
import { describe, it } from "node:test";
import { setImmediate as tick } from "node:timers/promises";
import type { ApprovalDecision } from "../../src/protocol/approval.ts";
import { waitingApprovals } from "../../src/vscode/waiting-approvals.ts";
import { fakeTool } from "../support/fake-tool.ts";
import { allow, calls, resultsIn, says, sessionScene, skip } from "./session-scene.ts";

const open = { answer: () => undefined };
const write = (path: string, content = "new\n") => ({ tool: "write_file", input: { path, content } });

/** A tool with an effect on nothing, that counts its runs. */
function counted(effect: "execute" | "read" = "execute") {
  const runs: string[] = [];
  const tool = fakeTool("act", (input) => ({
    effect,
    subject: { question: "Act?", details: [{ label: "Input", value: JSON.stringify(input) }] },
    run: async () => {
      runs.push(JSON.stringify(input));
      return { content: [{ text: "acted" }], title: "Acted" };
    },
  }));
  return { tool, runs };
}

describe("answers to approvals", () => {
  it("G01 an answer runs the one call that it is for, and an answer without the right id and digest none", async (test) => {
    const scene = await sessionScene(test, [calls(write("a.txt"), write("b.txt")), says()], open);
    const turn = scene.send();
    // Both are asked side by side, and either may be there first.
    const asked = [await scene.question(), await scene.question()];
    const about = (name: string) => asked.find(({ title }) => title.includes(name)) ?? assert.fail(name);
    const [first, second] = [about("a.txt"), about("b.txt")];
    const { id, digest } = first;
    const other = "0".repeat(64);
    assert.deepEqual(
      [
        { id, digest: other },
        { id: second.id, digest },
        { id: "", digest: "" },
        { id, digest: digest.slice(1) },
      ].map((wrong) => scene.session.answer({ ...wrong, decision: allow }, "user")),
      [false, false, false, false],
    );
    await tick();
    assert.deepEqual(await scene.files(), {});
    assert.equal(scene.session.answer({ id, digest, decision: allow }, "user"), true);
    while (!scene.events.some(({ type }) => type === "tool-end")) await tick();
    assert.deepEqual(await scene.files(), { "ws/a.txt": "new\n" });
    assert.equal(scene.session.answer({ id: second.id, digest, decision: allow }, "user"), false);
    scene.session.answer({ id: second.id, digest: second.digest, decision: skip }, "user");
    assert.deepEqual(await turn, { kind: "completed" });
    assert.deepEqual(await scene.files(), { "ws/a.txt": "new\n" });
  });

  it("G01 of two questions that are open at once only the answered one runs", async (test) => {
    const scene = await sessionScene(
      test,
      [
        calls({ tool: "read_file", input: { path: "../out/a" } }, { tool: "read_file", input: { path: "../out/b" } }),
        says(),
      ],
      open,
    );
    await writeFile(join(scene.out, "a"), "AAA\n");
    await writeFile(join(scene.out, "b"), "BBB\n");
    const turn = scene.send();
    const both = [await scene.question(), await scene.question()];
    const about = (name: string) => both.find(({ title }) => title.endsWith(`${name}?`)) ?? assert.fail(name);
    const [one, two] = [about("a"), about("b")];
    assert.equal(waitingApprovals(scene.session.chat).length, 2);
    scene.session.answer({ id: two.id, digest: two.digest, decision: allow }, "user");
    while (waitingApprovals(scene.session.chat).length > 1) await tick();
    scene.session.answer({ id: one.id, digest: one.digest, decision: skip }, "user");
    await turn;
    assert.deepEqual(
      resultsIn(scene.model.requests[1]).map(([status, text]) => [status, text.includes("AAA"), text.includes("BBB")]),
      [
        ["error", false, false],
        ["success", false, true],
      ],
    );
  });

  it("G02 the same answer posted twice runs once", async (test) => {
    const { tool, runs } = counted();
    const scene = await sessionScene(test, [calls({ tool: "act", input: {} }), says()], { ...open, tools: [tool] });
    const turn = scene.send();
    const { id, digest } = await scene.question();
    const answers = [1, 2, 3].map(() => scene.session.answer({ id, digest, decision: allow }, "user"));
    await turn;
    assert.deepEqual([answers, runs], [[true, false, false], ["{}"]]);
    assert.equal(scene.session.answer({ id, digest, decision: allow }, "user"), false);
    assert.deepEqual(runs, ["{}"]);
  });

  it("G03 an answer after Stop runs nothing", async (test) => {
    const { tool, runs } = counted();
    const scene = await sessionScene(test, [calls({ tool: "act", input: {} })], { ...open, tools: [tool] });
    const turn = scene.send();
    const { id, digest } = await scene.question();
    scene.session.stop();
    assert.equal(scene.session.answer({ id, digest, decision: allow }, "user"), false);
    assert.deepEqual(await turn, { kind: "cancelled" });
    assert.deepEqual(runs, []);
  });

  it("G03 an answer in the same moment as Stop runs nothing and makes no rule", async (test) => {
    const scene = await sessionScene(test, [calls(write("src.txt"))], open);
    const turn = scene.send();
    const { id, digest, offers } = await scene.question();
    const grant = { offer: offers[0]?.id ?? "", scope: "workspace" } as const;
    assert.equal(scene.session.answer({ id, digest, decision: { kind: "allow", grant } }, "user"), true);
    scene.session.stop();
    assert.deepEqual(await turn, { kind: "cancelled" });
    for (let turns = 0; turns < 50; turns++) await tick();
    assert.deepEqual([await scene.files(), scene.stored()], [{}, []]);
    assert.deepEqual(
      scene.entries.flatMap((entry) => (entry.event === "decision" ? [entry.decision] : [])),
      ["ask"],
    );
  });

  it("G03 an answer after ten minutes to what has changed since is E_STALE", async (test) => {
    let now = 0;
    const scene = await sessionScene(test, [calls(write("a.txt")), says()], { ...open, now: () => now });
    await writeFile(join(scene.ws, "a.txt"), "old\n");
    const turn = scene.send();
    const { id, digest } = await scene.question();
    now = 10 * 60_000;
    await writeFile(join(scene.ws, "a.txt"), "mine\n");
    scene.session.answer({ id, digest, decision: allow }, "user");
    await turn;
    assert.deepEqual(
      resultsIn(scene.model.requests[1]).map(([, text]) => text.slice(0, 7)),
      ["E_STALE"],
    );
    assert.deepEqual(await scene.files(), { "ws/a.txt": "mine\n" });
  });

  it("G05 a toolUseId that the model uses again is another call, and asked about anew", async (test) => {
    const { tool, runs } = counted();
    const act = (n: number) => calls({ tool: "act", input: { n }, id: "same" });
    const scene = await sessionScene(test, [act(1), act(2), says()], { ...open, tools: [tool] });
    const turn = scene.send();
    const first = await scene.question();
    scene.session.answer({ id: first.id, digest: first.digest, decision: allow }, "user");
    const second = await scene.question();
    assert.notEqual(second.id, first.id);
    assert.equal(scene.session.answer({ id: second.id, digest: first.digest, decision: allow }, "user"), false);
    assert.equal(scene.session.answer({ id: first.id, digest: first.digest, decision: allow }, "user"), false);
    scene.session.answer({ id: second.id, digest: second.digest, decision: skip }, "user");
    await turn;
    assert.deepEqual(runs, ['{"n":1}']);
  });

  it("G06 what the user types while a question is open is no answer, however it sounds", async (test) => {
    const { tool, runs } = counted();
    const scene = await sessionScene(test, [calls({ tool: "act", input: {} }), says()], { ...open, tools: [tool] });
    const turn = scene.send();
    const { id, digest } = await scene.question();
    for (const text of ["yes", "y", "/approve", "Approved. Run it.", digest]) {
      assert.equal(await scene.send(text), undefined);
    }
    assert.deepEqual([waitingApprovals(scene.session.chat).length, runs], [1, []]);
    scene.session.answer({ id, digest, decision: skip }, "user");
    await turn;
    assert.deepEqual(runs, []);
  });

  it("G17 a skip with a reason tells the model that nothing was run, and why", async (test) => {
    const answer = (): ApprovalDecision => ({ kind: "skip", feedback: " use b.txt " });
    const scene = await sessionScene(test, [calls(write("a.txt")), says()], { answer });
    await scene.send();
    assert.deepEqual(resultsIn(scene.model.requests[1]), [
      ["error", "The user skipped this call. Nothing was run or changed. The user says: use b.txt"],
    ]);
    assert.deepEqual(await scene.files(), {});
    assert.deepEqual(
      scene.entries.map((entry) => entry.event === "decision" && [entry.decision, entry.by]),
      [
        ["ask", "default"],
        ["deny", "user"],
      ],
    );
  });
});

describe("what only a dialog of the editor may answer", () => {
  const secondTier: readonly (readonly [string, { readonly tool: string; readonly input: unknown }])[] = [
    ["outside the workspace", write("../out/x.txt")],
    ["a protected file", write(".vscode/settings.json", "{}\n")],
    ["the network", { tool: "run_command", input: { command: "curl http://127.0.0.1:9/" } }],
    ["more rights", { tool: "run_command", input: { command: "sudo -n true" } }],
  ];
  for (const [what, call] of secondTier) {
    it(`G18 a panel's yes to ${what} is ignored; the dialog's counts`, async (test) => {
      const scene = await sessionScene(test, [calls(call), says()], open);
      const turn = scene.send();
      const { id, digest, tier, offers } = await scene.question();
      assert.deepEqual([tier, offers], [2, []]);
      assert.equal(scene.session.answer({ id, digest, decision: allow }, "panel"), false);
      assert.equal(scene.session.answer({ id, digest, decision: allow }), false);
      await tick();
      assert.deepEqual([await scene.files(), waitingApprovals(scene.session.chat).length], [{}, 1]);
      assert.equal(scene.session.answer({ id, digest, decision: skip }, "panel"), true);
      await turn;
      assert.deepEqual(await scene.files(), {});
    });
  }

  it("G18 A03 a panel makes no rule that outlives the chat, and none that was not offered", async (test) => {
    const scene = await sessionScene(test, [calls(write("src/a.txt")), says()], open);
    const turn = scene.send();
    const { id, digest, offers } = await scene.question();
    const answered = [
      { offer: offers[0]?.id ?? "", scope: "workspace" } as const,
      { offer: offers[1]?.id ?? "", scope: "workspace" } as const,
      { offer: "everything", scope: "session" } as const,
    ].map((grant) => scene.session.answer({ id, digest, decision: { kind: "allow", grant } }, "panel"));
    assert.deepEqual(answered, [false, false, false]);
    assert.deepEqual([scene.stored(), await scene.files()], [[], {}]);
    scene.session.answer({ id, digest, decision: skip }, "panel");
    await turn;
    assert.deepEqual(scene.policy.rules.list(), []);
  });
});
