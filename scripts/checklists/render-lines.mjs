import { relative, sep } from "node:path";
import { repositoryRoot } from "../paths.mjs";

/** @typedef {import("./judge-lines.mjs").LineState} LineState */
/** @typedef {import("./checklists.mjs").Checklist} Checklist */

/**
 * The states as a document: no times and no order of running in it, so that the same tests give the same file.
 * @param {Checklist} checklist
 * @param {readonly LineState[]} states
 * @returns {string}
 */
export function renderLines(checklist, states) {
  const sections = [...new Set(states.map(({ line }) => line.section))];
  return `# ${checklist.title}

${checklist.introduction}

${describeCounts(checklist, states)}
${sections
  .map((section) =>
    renderSection(
      checklist,
      section,
      states.filter(({ line }) => line.section === section),
    ),
  )
  .join("")}`;
}

/** @param {Checklist} checklist @param {readonly LineState[]} states @returns {string} such as `100 of 112 lines shown, 2 not applicable, 10 open` */
export function describeCounts({ lines }, states) {
  const count = (/** @type {LineState["kind"]} */ kind) => states.filter((state) => state.kind === kind).length;
  const fails = count("fails") > 0 ? `, ${count("fails")} failing` : "";
  const leftOut = states.some(({ line }) => line.weight !== undefined)
    ? `${count("left-out")} plain and not built`
    : `${count("not-applicable")} not applicable`;
  return `${count("shown")} of ${states.length} ${lines} shown, ${leftOut}, ${count("open")} open${fails}.`;
}

/** @param {Checklist} checklist @param {string} section @param {readonly LineState[]} states @returns {string} */
function renderSection({ id, sections }, section, states) {
  const rows = states.map((state) => {
    const number = state.line.weight === "bold" ? `**${id(state.line)}**` : id(state.line);
    return `| ${number} | ${state.line.text} | ${renderState(state)} |`;
  });
  return `\n## ${section} ${sections[section] ?? ""}\n\n| line | what has to hold | state |\n| --- | --- | --- |\n${rows.join("\n")}\n`;
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
    case "left-out":
      return "plain and not built";
    case "not-applicable":
      return `not applicable: ${state.why}`;
  }
}

/** @param {readonly import("../result-reporter.mjs").TestResult[]} tests @returns {string} */
function filesOf(tests) {
  const files = new Set(tests.map(({ file }) => relative(repositoryRoot, file).split(sep).join("/")));
  return [...files]
    .sort()
    .map((file) => `\`${file}\``)
    .join(", ");
}
