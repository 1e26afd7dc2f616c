import { relative, sep } from "node:path";
import { repositoryRoot } from "../paths.mjs";
import { idOf } from "./judge-lines.mjs";

/** @typedef {import("./judge-lines.mjs").LineState} LineState */

/** @type {Readonly<Record<string, string>>} */
const titles = {
  B1: "Transport and client",
  B2: "Decoding and assembling",
  B3: "Completeness and stop reasons",
  B4: "Errors and retries",
  B5: "Cancel and time-outs",
  B6: "What a request may hold",
};

/**
 * The states as `docs/conformance.md`: no times and no order of running in it, so that the same tests give the same file.
 * @param {readonly LineState[]} states
 * @returns {string}
 */
export function renderLines(states) {
  const sections = [...new Set(states.map(({ line }) => line.section))];
  return `# Conformance

What a client of Bedrock's ConverseStream has to get right, line by line, and the tests that show it. Made from the names of
the tests by \`npm run conformance\`, which runs them; a test is named after the lines that it shows, as in \`B3.40 a stream
without messageStop is incomplete\`. What crosses the wire is shown over plain HTTP/1.1 and over TLS with the product's own
client, the rest by unit tests or in a real editor.

${describeCounts(states)}
${sections
  .map((section) =>
    renderSection(
      section,
      states.filter(({ line }) => line.section === section),
    ),
  )
  .join("")}`;
}

/** @param {readonly LineState[]} states @returns {string} such as `100 of 112 lines shown, 2 not applicable, 10 open` */
export function describeCounts(states) {
  const count = (/** @type {LineState["kind"]} */ kind) => states.filter((state) => state.kind === kind).length;
  const fails = count("fails") > 0 ? `, ${count("fails")} failing` : "";
  return `${count("shown")} of ${states.length} lines shown, ${count("not-applicable")} not applicable, ${count("open")} open${fails}.`;
}

/** @param {string} section @param {readonly LineState[]} states @returns {string} */
function renderSection(section, states) {
  const rows = states.map((state) => `| ${idOf(state.line)} | ${state.line.text} | ${renderState(state)} |`);
  return `\n## ${section} ${titles[section] ?? ""}\n\n| line | what has to hold | state |\n| --- | --- | --- |\n${rows.join("\n")}\n`;
}

/** @param {LineState} state @returns {string} */
function renderState(state) {
  switch (state.kind) {
    case "shown": {
      const over = state.over.length > 0 ? ` over ${state.over.join(" and ")}` : "";
      return `shown${state.over.includes("VS Code") ? " in VS Code" : over}: ${filesOf(state.tests)}`;
    }
    case "fails":
      return `**FAILS**: ${filesOf(state.tests)}`;
    case "open":
      return `**OPEN**: ${state.missing}`;
    case "not-applicable":
      return `not applicable: ${state.why}`;
  }
}

/** @param {readonly import("../conformance-reporter.mjs").TestResult[]} tests @returns {string} */
function filesOf(tests) {
  const files = new Set(tests.map(({ file }) => relative(repositoryRoot, file).split(sep).join("/")));
  return [...files]
    .sort()
    .map((file) => `\`${file}\``)
    .join(", ");
}
