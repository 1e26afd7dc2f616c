/**
 * A list of numbered lines and the document that says how each is shown. A test is named after the lines that it shows.
 * `npm test` fails where the document is not up to date, and where a line is open.
 * @typedef {{
 *   readonly name: string,
 *   readonly command: string,
 *   readonly file: string,
 *   readonly document: string,
 *   readonly id: (line: { readonly section: string, readonly number: number }) => string,
 *   readonly idPattern: RegExp,
 *   readonly title: string,
 *   readonly introduction: string,
 *   readonly lines: string,
 *   readonly sections: Readonly<Record<string, string>>,
 * }} Checklist
 */

/** @type {Checklist} */
export const conformance = {
  name: "conformance",
  command: "conformance",
  file: "test/wire/conformance.json",
  document: "docs/conformance.md",
  id: ({ section, number }) => `${section}.${number}`,
  idPattern: /B\d\.\d+/,
  title: "Conformance",
  introduction: `What a client of Bedrock's ConverseStream has to get right, line by line, and the tests that show it. Made from the names of
the tests by \`npm run conformance\`, which runs them; a test is named after the lines that it shows, as in \`B3.40 a stream
without messageStop is incomplete\`. What crosses the wire is shown over plain HTTP/1.1 and over TLS with the product's own
client, the rest by unit tests or in a real editor.`,
  lines: "lines",
  sections: {
    B1: "Transport and client",
    B2: "Decoding and assembling",
    B3: "Completeness and stop reasons",
    B4: "Errors and retries",
    B5: "Cancel and time-outs",
    B6: "What a request may hold",
    B7: "Parameters, caching, reasoning",
  },
};

/** @type {Checklist} */
export const security = {
  name: "security",
  command: "test:security",
  file: "test/security/cases.json",
  document: "docs/security-cases.md",
  id: ({ section, number }) => `${section}${String(number).padStart(2, "0")}`,
  idPattern: /[A-Q]\d\d/,
  title: "Security cases",
  introduction: `The cases that hold the security model (\`SECURITY.md\`), and the tests that show each. Made from the names of the tests by
\`npm run test:security\`, which runs them; a test is named after its cases, as in \`A03 a write outside the workspace asks\`.
ALLOW: it runs without a question. ASK: one approval request, and nothing happens until it is answered. DENY(code): no
question; the tool result begins with the code.`,
  lines: "cases",
  sections: {
    A: "Paths",
    B: "Links and special files",
    C: "Ignore files and secrets",
    D: "Protected and configuration writes",
    E: "Command approval",
    F: "Tasks and workspace trust",
    G: "Approval integrity",
    H: "Display safety",
    I: "Webview rendering",
    J: "Messages from the webview",
    K: "Secrets in logs, history, export, environment",
    L: "Prompt injection and provenance",
    M: "Loops and budgets",
    N: "Resource exhaustion",
    P: "Model protocol",
    Q: "Own integrity",
  },
};

/** @type {Checklist} */
export const conventions = {
  name: "conventions",
  command: "conventions",
  file: "test/panel/conventions.json",
  document: "docs/panel-conventions.md",
  id: ({ number }) => `UX${number}`,
  idPattern: /UX\d+/,
  title: "Conventions of the panel",
  introduction: `What people expect of a chat in VS Code's side bar, and the tests that show it. Made from the names of the tests by
\`npm run conventions\`, which runs them; a test is named after the conventions that it shows, as in \`UX12 sends on Enter\`.
A bold number belongs to the panel as it is meant to be; one that is not bold is built where it costs little. What needs a
real editor is shown in one; the rest in Chromium, where layout, focus and themes are real, or by unit tests.`,
  lines: "conventions",
  sections: {
    A: "Place and life",
    B: "Composer",
    C: "Transcript and streaming",
    D: "Tool calls and approvals",
    E: "Edits, review, checkpoints",
    F: "Usage and cost",
    G: "Accessibility, themes, language",
  },
};

/** @type {readonly Checklist[]} */
export const checklists = [conformance, security, conventions];
