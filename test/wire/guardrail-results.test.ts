import assert from "node:assert/strict";
import { describe, it } from "node:test";
import { guardedGate } from "../../src/agent/guarded-gate.ts";
import { reportAssessments } from "../../src/agent/guardrail-intervention.ts";
import { judgeText, type TextGuard } from "../../src/agent/judge-text.ts";
import { ToolError } from "../../src/agent/tool.ts";
import { applyGuardrail } from "../../src/bedrock/guardrail/apply-guardrail.ts";
import { listGuardrails } from "../../src/bedrock/guardrail/list-guardrails.ts";
import { startEmulator } from "../../src/emulator/emulator-server.ts";
import { allowAll } from "../support/fake-gate.ts";
import { answeringTool, fakeTool } from "../support/fake-tool.ts";
import { setVariables } from "../support/set-variables.ts";
import { member, nameOf, openWire, transports, useOwnEnvironment, type Wire } from "../support/wire-call.ts";

useOwnEnvironment();

const guardrail = { identifier: "gr1a2b3c4d5e", version: "1" };
const signal = new AbortController().signal;
const words = { replies: [{ text: "Fine." }], guardrail: { blockedWords: ["swordfish"] } };
const withheld = "This result was withheld: a guardrail of the account blocked it. Go on without it.";

function judgeOf(wire: Wire, named = guardrail): TextGuard["judge"] {
  return (text, own) => applyGuardrail(wire.pool.hold(wire.settings), named, text, own);
}

/** What the model gets of a tool's result, and what the user is told. */
async function passed(judge: TextGuard["judge"], tool: ReturnType<typeof fakeTool>) {
  const notices: string[] = [];
  const guard: TextGuard = { judge, report: reportAssessments, notify: (text) => void notices.push(text) };
  const gate = guardedGate(allowAll, async (name, own) => (text) => judgeText(text, name, guard, own));
  const prepare = () => tool.prepare({}, signal);
  const asked = { id: "1", tool: tool.name, input: {}, call: await prepare(), prepare };
  const verdict = await gate.authorize(asked, signal);
  assert.equal(verdict.kind, "allow");
  const context = { signal, output: () => undefined };
  const success = verdict.kind === "allow" ? await verdict.run(context) : assert.fail();
  return { content: success.content, notices };
}

for (const transport of transports) {
  describe(`guardrails over ${nameOf(transport)}`, () => {
    it("a result is judged before the model reads it: what is blocked is withheld, and the user told why", async (test) => {
      const wire = await openWire(test, transport, [{ text: "Fine." }]);
      wire.emulator.setScript(words);
      assert.deepEqual(await passed(judgeOf(wire), answeringTool("look", "A harmless line.")), {
        content: [{ text: "A harmless line." }],
        notices: [],
      });
      assert.deepEqual(await passed(judgeOf(wire), answeringTool("look", "The word is Swordfish.")), {
        content: [{ text: withheld }],
        notices: ['The guardrail blocked a result of look, so the model does not get it: word policy "swordfish".'],
      });
      const [request] = wire.emulator.requests;
      assert.deepEqual(
        [request?.path, request?.body],
        [
          "/guardrail/gr1a2b3c4d5e/version/1/apply",
          { source: "INPUT", content: [{ text: { text: "A harmless line." } }] },
        ],
      );
    });

    it("what cannot be judged is withheld too", async (test) => {
      const wire = await openWire(test, transport, [{ text: "Fine." }]);
      const gone = judgeOf(wire, { identifier: "gone12345678", version: "1" });
      const { content, notices } = await passed(gone, answeringTool("look", "A harmless line."));
      assert.match(
        content[0]?.text ?? "",
        /^This result was withheld: the guardrail of the account could not judge it/u,
      );
      assert.equal(notices.length, 1);
      assert.match(notices[0] ?? "", /does not exist/u);
    });

    it("a long result is judged in pieces, whole lines each, and all of it", async (test) => {
      const wire = await openWire(test, transport, [{ text: "Fine." }]);
      wire.emulator.setScript(words);
      const lines = "A line of output.\n".repeat(3_000);
      const { content } = await passed(judgeOf(wire), answeringTool("look", lines));
      assert.deepEqual(content, [{ text: lines }]);
      const pieces = wire.emulator.requests.map(({ body }) => String(member(body, "content", 0, "text", "text")));
      assert.ok(pieces.length > 2 && pieces.every((piece) => piece.length <= 20_000 && piece.endsWith("\n")));
      assert.equal(pieces.join(""), lines);
      assert.deepEqual((await passed(judgeOf(wire), answeringTool("look", `${lines}swordfish`))).content, [
        { text: withheld },
      ]);
    });

    it("the text of a failure comes from outside as well", async (test) => {
      const wire = await openWire(test, transport, [{ text: "Fine." }]);
      wire.emulator.setScript(words);
      const tool = fakeTool("run_task", () => ({
        run: async () => {
          throw new ToolError("exit code 1: swordfish");
        },
      }));
      await assert.rejects(
        passed(judgeOf(wire), tool),
        (error) => error instanceof ToolError && error.message === withheld,
      );
    });

    it("Stop ends the judgement, and is no failure of it", async (test) => {
      const wire = await openWire(test, transport, [{ text: "Fine." }]);
      const stop = new AbortController();
      stop.abort(new Error("stopped"));
      await assert.rejects(applyGuardrail(wire.pool.hold(wire.settings), guardrail, "text", stop.signal));
      assert.equal(wire.emulator.requests.length, 0);
    });
  });
}

it("guardrails are listed by their drafts, and one by all its versions; what AWS denies is said", async (test) => {
  const emulator = await startEmulator({ script: words });
  test.after(() => emulator.close());
  setVariables(test, {
    AWS_ENDPOINT_URL_BEDROCK: emulator.url,
    AWS_ACCESS_KEY_ID: "AKIDEXAMPLE",
    AWS_SECRET_ACCESS_KEY: "secret",
  });
  const settings = {
    ...{ modelId: "m", region: "us-east-1", profile: undefined, endpoint: undefined },
    ...{ maxTokens: 1, firstByteMs: 1, idleMs: 1 },
  };
  const listed = await listGuardrails(settings, signal);
  assert.deepEqual(
    listed.map(({ id, name, version }) => [id, name, version]),
    [
      ["gr1a2b3c4d5e", "source-code", "DRAFT"],
      ["gr6f7g8h9i0j", "public-answers", "DRAFT"],
    ],
  );
  const versions = await listGuardrails(settings, signal, "gr1a2b3c4d5e");
  assert.deepEqual(
    versions.map(({ version, isReady }) => [version, isReady]),
    [
      ["DRAFT", true],
      ["1", true],
      ["2", true],
    ],
  );
  await assert.rejects(listGuardrails(settings, signal, "gone12345678"), /not found/u);
});
