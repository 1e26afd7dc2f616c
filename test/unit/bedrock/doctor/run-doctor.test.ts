import assert from "node:assert/strict";
import { describe, it } from "node:test";
import type { Check, CheckLine, CheckResult } from "../../../../src/bedrock/doctor/check.ts";
import type { DoctorParts } from "../../../../src/bedrock/doctor/doctor-context.ts";
import { describeLine, describeSummary, summarize } from "../../../../src/bedrock/doctor/doctor-report.ts";
import { runDoctor } from "../../../../src/bedrock/doctor/run-doctor.ts";
import { createDoctorContext } from "../../../support/doctor-run.ts";

const passed: CheckResult = { state: "pass", what: "Fine." };

function check(id: Check["id"], run: Check["run"], own: Partial<Check> = {}): Check {
  return { id, title: id, needs: [], limitMs: 10_000, run, ...own };
}

async function linesOf(checks: readonly Check[], parts: Partial<DoctorParts> = {}, signal?: AbortSignal) {
  const lines: CheckLine[] = [];
  const context = createDoctorContext({}, parts);
  for await (const line of runDoctor(context, checks, signal ?? new AbortController().signal)) lines.push(line);
  return lines;
}

describe("a run of the doctor", () => {
  it("skips what stands on a failure, and what stands on that, each with the reason; the rest is made", async () => {
    const lines = await linesOf([
      check("identity", async () => ({ state: "fail", what: "No.", fix: "Sign in." })),
      check("call", async () => passed, { needs: ["identity"] }),
      check("tools", async () => passed, { needs: ["call"] }),
      check("region", async () => passed),
      check("clock", async () => ({ state: "skipped", why: "No date." })),
      check("cache", async () => passed, { needs: ["clock"] }),
    ]);
    const why = "It needs what failed above: identity.";
    assert.deepEqual(
      lines.map(({ elapsedMs: _elapsed, title: _title, ...line }) => line),
      [
        { id: "identity", state: "fail", what: "No.", fix: "Sign in." },
        { id: "call", state: "skipped", why },
        { id: "tools", state: "skipped", why },
        { id: "region", ...passed },
        { id: "clock", state: "skipped", why: "No date." },
        { id: "cache", ...passed },
      ],
    );
    assert.deepEqual(summarize(lines), { passed: 2, failed: 1, skipped: 3 });
  });

  it("gives each line before the next check begins", async () => {
    const order: string[] = [];
    const note = (name: string) => async () => {
      order.push(name);
      return passed;
    };
    const checks = [check("identity", note("identity")), check("region", note("region"))];
    const context = createDoctorContext({}, {});
    for await (const { id } of runDoctor(context, checks, new AbortController().signal)) order.push(`line ${id}`);
    assert.deepEqual(order, ["identity", "line identity", "region", "line region"]);
  });

  it("turns what a check throws into a failure with what helps", async () => {
    const lost = Object.assign(new Error("connect ECONNREFUSED"), { code: "ECONNREFUSED" });
    const [line] = await linesOf([check("call", () => Promise.reject(lost))]);
    assert.equal(line?.state, "fail");
    assert.match(line?.state === "fail" ? `${line.what} ${line.fix}` : "", /ECONNREFUSED.*Check the connection/);
  });

  it("ends a check that takes too long, and goes on", async () => {
    const forever: Check["run"] = (_context, signal) =>
      new Promise((_resolve, reject) => signal.addEventListener("abort", () => reject(signal.reason)));
    const lines = await linesOf([check("call", forever, { limitMs: 20 }), check("region", async () => passed)]);
    assert.deepEqual(
      lines.map(({ state }) => state),
      ["fail", "pass"],
    );
    assert.match(describeLine(lines[0] ?? assert.fail()), /^✗ call: No answer within 0\.02 s\./);
  });

  it("stops at once when it is canceled, with the signal's reason", async () => {
    const stopped = new AbortController();
    const forever: Check["run"] = (_context, signal) =>
      new Promise((_resolve, reject) => {
        signal.addEventListener("abort", () => reject(signal.reason));
        stopped.abort(new Error("enough"));
      });
    await assert.rejects(linesOf([check("call", forever)], {}, stopped.signal), /enough/);
  });

  it("asks before what costs, and leaves it out where the answer is no", async () => {
    const asked: string[] = [];
    const answer = (yes: boolean): Partial<DoctorParts> => ({
      ask: async (question, cost) => {
        asked.push(`${question} ${cost}`);
        return yes;
      },
    });
    const checks = [
      check("cache", async () => passed, { cost: () => "Ten cents." }),
      check("region", async () => passed),
    ];
    assert.deepEqual(
      (await linesOf(checks, answer(true))).map(({ state }) => state),
      ["pass", "pass"],
    );
    const [left] = await linesOf(checks, answer(false));
    assert.deepEqual(left?.state === "skipped" && left.why, "You left it out.");
    assert.deepEqual(asked, ['Check "cache" as well? Ten cents.', 'Check "cache" as well? Ten cents.']);
  });

  it("masks secrets in every text of a line", async () => {
    const secret = "a-header-value-nobody-sees";
    const context = createDoctorContext({ requestHeaders: { "x-key": secret } }, {});
    const result: CheckResult = {
      state: "fail",
      what: `Bad ${secret}`,
      fix: `Not ${secret}`,
      details: [`Oh ${secret}`],
    };
    for await (const line of runDoctor(context, [check("call", async () => result)], new AbortController().signal)) {
      assert.equal(describeLine(line), "✗ call: Bad [redacted]\n    Fix: Not [redacted]\n    Oh [redacted]");
    }
  });

  it("is summed up in one line", () => {
    assert.equal(describeSummary({ passed: 3, failed: 1, skipped: 2 }), "3 passed, 1 failed, 2 skipped.");
  });
});
