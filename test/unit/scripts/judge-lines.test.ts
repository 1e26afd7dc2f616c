import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { describe, it } from "node:test";
import { conformance, conventions, security } from "../../../scripts/checklists/checklists.mjs";
import { judgeLines, strayTests } from "../../../scripts/checklists/judge-lines.mjs";

/** @see scripts/result-reporter.mjs */
const result = (name: string, suites: readonly string[] = [], file = "test/wire/a.test.ts", passed = true) => {
  return { name, suites, file, passed };
};
const line = (number: number, appliesTo: "wire" | "unit" | "host") => ({ section: "B3", number, text: "t", appliesTo });

describe("the checklist", () => {
  it("has every line from B1.1 to B7.126, in order, each with a sentence and a place", () => {
    const lines: readonly Record<string, unknown>[] = JSON.parse(
      readFileSync(new URL("../../wire/conformance.json", import.meta.url), "utf8"),
    );
    assert.deepEqual(
      lines.map((entry) => entry["number"]),
      Array.from({ length: 126 }, (_, index) => index + 1),
    );
    for (const { section, text, appliesTo, notApplicable } of lines) {
      assert.match(String(section), /^B[1-7]$/);
      assert.match(String(text), /^[A-Z\w].+\.$/);
      assert.ok(typeof notApplicable === "string" || /^(wire|unit|host)$/.test(String(appliesTo)));
    }
  });
});

describe("the security cases", () => {
  it("are 206, each with a sentence", () => {
    const lines: readonly { section: string; number: number; text: string }[] = JSON.parse(
      readFileSync(new URL("../../security/cases.json", import.meta.url), "utf8"),
    );
    const counts = Object.groupBy(lines, ({ section }) => section);
    assert.equal(lines.length, 206);
    assert.deepEqual(
      Object.entries(counts).map(([section, cases = []]) => `${section}${cases.length}`),
      "A15 B13 C12 D15 E20 F11 G20 H9 I20 J11 K11 L11 M11 N13 P8 Q6".split(" "),
    );
    assert.equal(new Set(lines.map(security.id)).size, 206);
    for (const { text } of lines) assert.match(text, / → /);
  });
});

describe("the conventions of the panel", () => {
  it("are 98 in seven areas, 88 of them bold, each with a sentence", () => {
    const lines: readonly { section: string; number: number; text: string; weight: string }[] = JSON.parse(
      readFileSync(new URL("../../panel/conventions.json", import.meta.url), "utf8"),
    );
    assert.deepEqual(
      lines.map(({ number }) => number),
      Array.from({ length: 98 }, (_, index) => index + 1),
    );
    assert.equal(lines.map(({ section }) => section).join(""), areas("A11 B22 C29 D21 E8 F3 G4"));
    assert.equal(lines.filter(({ weight }) => weight === "bold").length, 88);
    for (const { text, weight } of lines) {
      assert.match(text, /^[A-Z].+[^.]\.$/);
      assert.match(weight, /^(bold|plain)$/);
    }
  });
});

/** `A2 B1` is `AAB`. */
function areas(counts: string): string {
  return counts.replace(/(\w)(\d+) ?/g, (_, area: string, count: string) => area.repeat(Number(count)));
}

describe("judgeLines", () => {
  it("takes a line of the wire for shown only over both transports", () => {
    const over = (transport: string) => result("B3.1 B3.2 holds", [`a turn over ${transport}`]);
    const [first, second] = [over("plain HTTP"), over("TLS")];
    const wire = [line(1, "wire")];
    assert.deepEqual(judgeLines(conformance, wire, [first, second]), [
      { line: line(1, "wire"), kind: "shown", over: ["plain HTTP", "TLS"], tests: [first, second] },
    ]);
    assert.deepEqual(judgeLines(conformance, wire, [first]), [
      { line: line(1, "wire"), kind: "open", missing: "not shown over TLS" },
    ]);
  });

  it("takes a line for open without a test, and for failing with one test that fails", () => {
    const failing = result("B3.2: fails", [], "test/unit/a.test.ts", false);
    assert.deepEqual(judgeLines(conformance, [line(1, "unit"), line(2, "unit")], [result("B3.2 holds"), failing]), [
      { line: line(1, "unit"), kind: "open", missing: "no test is named after it" },
      { line: line(2, "unit"), kind: "fails", tests: [failing] },
    ]);
  });

  it("takes a line of the editor for shown only by a test in one", () => {
    const inHost = result("B3.1 holds", [], "test/host/a.test.ts");
    assert.deepEqual(judgeLines(conformance, [line(1, "host")], [result("B3.1 holds")]), [
      { line: line(1, "host"), kind: "open", missing: "not shown in an editor" },
    ]);
    assert.deepEqual(judgeLines(conformance, [line(1, "host")], [inHost]), [
      { line: line(1, "host"), kind: "shown", over: ["VS Code"], tests: [inHost] },
    ]);
  });

  it("takes a plain line without a test for left out, and one with a test for shown or failing as any other", () => {
    const plain = (number: number) => ({ section: "A", number, text: "t", weight: "plain" as const });
    const shown = result("UX2 holds");
    const failing = result("UX3 holds", [], "test/panel/a.test.ts", false);
    assert.deepEqual(judgeLines(conventions, [plain(1), plain(2), plain(3)], [shown, failing]), [
      { line: plain(1), kind: "left-out" },
      { line: plain(2), kind: "shown", over: [], tests: [shown] },
      { line: plain(3), kind: "fails", tests: [failing] },
    ]);
  });

  it("finds a test that is named after no line", () => {
    assert.deepEqual(strayTests(conformance, [line(1, "unit")], [result("B3.1 holds"), result("B3.9 holds")]), [
      "B3.9 holds",
    ]);
  });
});
