/** What a command asks of the model. */
export type EditorQuestion = "ask" | "explain" | "fix" | "writeTests" | "document" | "summarize" | "reviewChanges";

/** What it asks about. */
export type SubjectKind = "selection" | "file" | "files" | "folder" | "problem" | "terminal" | "changes";

/** How a prompt names what is attached; `{0}` is its name. */
const nouns: Readonly<Record<SubjectKind, string>> = {
  selection: "the selected code of `{0}`",
  file: "`{0}`",
  files: "these files",
  folder: "the folder `{0}`",
  problem: "this problem in `{0}`",
  terminal: "this terminal output",
  changes: "these changes",
};

/** One prompt for each question, and another where the subject makes it another question; `{0}` is the noun. */
const prompts: Readonly<
  Record<EditorQuestion, Partial<Readonly<Record<SubjectKind, string>>> & { readonly any: string }>
> = {
  ask: { any: "About {0}: " },
  explain: {
    any: "Explain {0}: what it does, how it does it, and what is not obvious.",
    problem: "Explain {0}: what it means, what causes it and what would solve it.",
    terminal: "Explain {0}: what it says, and, where something failed, why.",
    changes: "Explain {0}: what they do and why.",
  },
  fix: {
    any: "Find what is wrong in {0} and fix it.",
    problem: "Fix {0} at its cause.",
    terminal: "Find the cause of what failed in {0} and fix it.",
  },
  writeTests: {
    any: "Write tests for {0}, with the framework and in the style of the tests that are there. Cover the edge cases, and run them.",
  },
  document: {
    any: "Document {0}: doc comments in the style of the project, for what is public and for what is not obvious. Change no code.",
  },
  summarize: {
    any: "Summarize {0}: its purpose, its main parts, and how they work together.",
  },
  reviewChanges: {
    any: "Review {0}. Look for bugs, unhandled cases, security problems and missing tests. List what you find by severity, with file and line, and say so where there is nothing.",
  },
};

/** The prompt, in the words of the table. `detail` stands below it. */
export function promptText(question: EditorQuestion, kind: SubjectKind, name: string, detail = ""): string {
  const { any, ...others } = prompts[question];
  const text = fill(others[kind] ?? any, fill(nouns[kind], name));
  return detail === "" ? text : `${text.trimEnd()}\n\n${detail}`;
}

function fill(template: string, value: string): string {
  return template.replace("{0}", () => value);
}
