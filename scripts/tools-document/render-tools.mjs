import { decideCall } from "../../src/policy/decide-call.ts";
import { ERROR_SIZE, RESULT_SIZE } from "../../src/tools/result-size.ts";

/** @typedef {import("../../src/agent/tool.ts").Tool} Tool */

const effects = {
  read: "reads, or has no effect",
  write: "changes files",
  execute: "runs programs",
  network: "reaches the network",
};

/**
 * docs/tools.md, from the tools' own definitions and the policy's own answer to an ordinary call of each.
 * @param {readonly Tool[]} tools
 * @returns {string}
 */
export function renderTools(tools) {
  const rows = tools.map(
    (tool) => `| [\`${tool.name}\`](#${tool.name}) | ${effects[tool.effect]} | ${approval(tool)} |`,
  );
  return `# Tools

Made from the definitions by \`npm run tools\`; do not edit. What a call touches may make it stricter than the table says: [SECURITY.md](../SECURITY.md). Tools of your own APIs are
described in [http-tools.md](http-tools.md).

Of any result the model gets at most ${RESULT_SIZE.toLocaleString("en")} characters, of an error ${ERROR_SIZE.toLocaleString("en")}: whole lines of the beginning and the end. The whole, up to 4,000,000 characters (of what a program prints 10,000,000), is
kept on the disk with its secrets masked, in the session's own folder, and the result says where; \`read_file\` reads any lines of it without a question, also after a restart. Of all sessions
together 200 MB are kept, the newest; *Outcrop: Clear Data…* deletes them. This holds for tools of other extensions, of MCP servers and of your own as well.

| tool | effect | an ordinary call in the workspace |
| --- | --- | --- |
${rows.join("\n")}

${tools.map(describe).join("\n\n")}
`;
}

/** @param {Tool} tool @returns {string} */
function describe({ name, description, effect, limits, inputSchema }) {
  const listed = limits.length === 0 ? "none" : limits.join("; ");
  return `## ${name}

${description}

- **Effect:** ${effects[effect]}
- **Limits:** ${listed}

\`\`\`json
${JSON.stringify(inputSchema, null, 2)}
\`\`\``;
}

/** @param {Tool} tool @returns {string} */
function approval({ name, effect }) {
  const facts = {
    tool: name,
    effect,
    isTrusted: true,
    targets: [],
    labels: [],
    rules: /** @type {const} */ ({ kind: "none" }),
  };
  return decideCall(facts).kind === "allow" ? "runs by itself" : "asks, until a rule allows it";
}
