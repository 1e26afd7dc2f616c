/** Commands on what the editor shows. Each is `outcrop.<name>` in package.json. */
export const editorActionNames = [
  "ask",
  "addToChat",
  "explain",
  "fix",
  "writeTests",
  "document",
  "summarize",
  "reviewChanges",
  "askAboutTerminal",
  "addTerminalToChat",
  "explainTerminal",
  "fixTerminal",
  "explainProblem",
  "fixProblem",
  "addProblemToChat",
  "editSelection",
  "applyInEditor",
  "applyProposal",
  "keepProposal",
  "discardProposal",
  "openReferenceToSide",
  "copyReferencePath",
  "addReferenceToChat",
  "openPromptLink",
] as const;
export type EditorActionName = (typeof editorActionNames)[number];

/** What each does; `given` is what the menu or the caller passed, and is judged. */
export type EditorActions = Readonly<Record<EditorActionName, (given: readonly unknown[]) => Promise<unknown>>>;
