import type { Heard } from "./screen-reader.ts";

const introduction = `# What a screen reader says

The main job, two approvals, a review of two changes and a restore in a real VS Code, all by the keyboard. \`npm run test:e2e\` plays it
(\`test/e2e/keyboard.test.ts\`) and \`npm run pictures\` keeps the log here. **Keys** are what was pressed; below them stands what was said: the name,
role and state of what got the focus, as Chromium's accessibility tree has them, and what live regions said, those that interrupt marked with an
exclamation mark. VS Code's own words stand here as well; what its terminal reads out is left out.
`;

/** Elements without a name, in which the focus is only on its way. */
const passing = new Set(["document", "generic", "none", "textbox", "status", "RootWebArea"]);

/** The log as a document: the same for every run, whatever the folder, the times and the pace are. */
export function renderLog(heard: readonly Heard[], workspace: string): string {
  const begun = heard.slice(heard.findIndex(({ kind }) => kind === "task"));
  const lines = begun.flatMap(({ kind, text }) => renderLine(kind, text.replaceAll(workspace, "…/parcel-notifier")));
  return `${introduction}${lines.join("\n")}\n`;
}

function renderLine(kind: Heard["kind"], words: string): readonly string[] {
  switch (kind) {
    case "task":
      return [`\n## ${words}\n`];
    case "keys":
      return [`- **${words}**`];
    case "focus":
      return passing.has(words) ? [] : [`  - ${words}`];
    case "polite":
      return [`  - “${words}”`];
    case "assertive":
      return [`  - “${words}” !`];
    case "terminal":
      return [];
  }
}
