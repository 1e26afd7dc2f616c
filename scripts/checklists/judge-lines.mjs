import { idsInName } from "./numbered-name.mjs";

/** @typedef {import("../result-reporter.mjs").TestResult} TestResult */
/** @typedef {import("./checklists.mjs").Checklist} Checklist */

/**
 * A line of a checklist. `wire` lines are shown over plain HTTP and over TLS, `unit` lines by any test, `host` lines in a real editor.
 * Where lines have a weight, a `plain` one may be left out.
 * @typedef {{ readonly section: string, readonly number: number, readonly text: string, readonly appliesTo?: "wire" | "unit" | "host", readonly notApplicable?: string, readonly weight?: "bold" | "plain" }} ChecklistLine
 */

/**
 * @typedef {{ readonly line: ChecklistLine } & ({ readonly kind: "shown", readonly over: readonly string[], readonly tests: readonly TestResult[] }
 *   | { readonly kind: "fails", readonly tests: readonly TestResult[] }
 *   | { readonly kind: "open", readonly missing: string }
 *   | { readonly kind: "left-out" }
 *   | { readonly kind: "not-applicable", readonly why: string })} LineState
 */

const plain = "plain HTTP";
const tls = "TLS";

/**
 * The state of every line, by the ids that the names of the tests begin with.
 * @param {Checklist} checklist
 * @param {readonly ChecklistLine[]} lines
 * @param {readonly TestResult[]} results
 * @returns {readonly LineState[]}
 */
export function judgeLines(checklist, lines, results) {
  /** @type {Map<string, TestResult[]>} */
  const byLine = new Map();
  for (const result of results) {
    for (const id of linesOf(checklist, result)) byLine.set(id, [...(byLine.get(id) ?? []), result]);
  }
  return lines.map((line) => judgeLine(line, byLine.get(checklist.id(line)) ?? []));
}

/**
 * @param {Checklist} checklist
 * @param {readonly ChecklistLine[]} lines
 * @param {readonly TestResult[]} results
 * @returns {readonly string[]} names of tests for lines that there are not
 */
export function strayTests(checklist, lines, results) {
  const known = new Set(lines.map(checklist.id));
  return results.filter((result) => linesOf(checklist, result).some((id) => !known.has(id))).map(({ name }) => name);
}

/** The lines that a test, or a suite around it, is named after. @param {Checklist} checklist @param {TestResult} result @returns {readonly string[]} */
function linesOf(checklist, { name, suites }) {
  return [...new Set([...suites, name].flatMap((text) => idsInName(checklist, text)))];
}

/** @param {ChecklistLine} line @param {readonly TestResult[]} tests @returns {LineState} */
function judgeLine(line, tests) {
  if (line.notApplicable !== undefined) return { line, kind: "not-applicable", why: line.notApplicable };
  if (tests.some(({ passed }) => !passed)) return { line, kind: "fails", tests: tests.filter(({ passed }) => !passed) };
  if (tests.length === 0 && line.weight === "plain") return { line, kind: "left-out" };
  if (tests.length === 0) return { line, kind: "open", missing: "no test is named after it" };
  const transports = new Set(tests.flatMap(transportOf));
  const over = [plain, tls].filter((transport) => transports.has(transport));
  const { appliesTo = "unit" } = line;
  switch (appliesTo) {
    case "wire": {
      const missing = [plain, tls].filter((transport) => !over.includes(transport));
      if (missing.length > 0) return { line, kind: "open", missing: `not shown over ${missing.join(" and ")}` };
      return { line, kind: "shown", over, tests };
    }
    case "host": {
      const inEditor = tests.filter(({ file }) => /test[\\/](host|e2e)[\\/]/.test(file));
      if (inEditor.length === 0) return { line, kind: "open", missing: "not shown in an editor" };
      return { line, kind: "shown", over: ["VS Code"], tests: inEditor };
    }
    case "unit":
      return { line, kind: "shown", over, tests };
  }
}

/** @param {TestResult} result @returns {readonly string[]} */
function transportOf({ suites }) {
  const around = suites.join(" ");
  return [...(/over plain HTTP/.test(around) ? [plain] : []), ...(/over TLS/.test(around) ? [tls] : [])];
}
