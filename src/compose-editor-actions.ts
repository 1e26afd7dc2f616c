import type * as vscode from "vscode";
import type { Forms } from "./compose-forms.ts";
import type { PathContext } from "./policy/paths/path-context.ts";
import type { ChatController } from "./vscode/chat-controller.ts";
import type { Dialogs } from "./vscode/dialogs.ts";
import {
  addFile,
  addToChat,
  askAbout,
  changes,
  problems,
  shownText,
  terminal,
} from "./vscode/editor-actions/ask-about.ts";
import { EditProposals } from "./vscode/editor-actions/edit-proposals.ts";
import type { EditorActions } from "./vscode/editor-actions/editor-action-names.ts";
import { mayChange } from "./vscode/editor-actions/may-change.ts";
import { openPromptLink } from "./vscode/editor-actions/open-prompt-link.ts";
import { proposeCode } from "./vscode/editor-actions/propose-code.ts";
import { copyPath, fileOf, openToSide } from "./vscode/editor-actions/reference-menu.ts";
import { tellFailure } from "./vscode/tell-failure.ts";

/** They are one chunk: what edits the selection is a form. */
export { composeForms } from "./compose-forms.ts";

export interface EditorActionParts {
  readonly controller: ChatController;
  readonly forms: () => Promise<Forms>;
  readonly paths: PathContext;
  readonly dialogs: Dialogs;
  readonly subscriptions: vscode.Disposable[];
}

/** Commands on what the editor shows. Loaded when the first of them is used. */
export function composeEditorActions(parts: EditorActionParts): EditorActions {
  const { controller, forms, paths, dialogs, subscriptions } = parts;
  const proposals = new EditProposals();
  subscriptions.push(proposals);
  const chat = controller;
  const ask = { chat, guard: async () => (await controller.policy()).files };
  const may = (uri: vscode.Uri): Promise<boolean> => mayChange(uri, paths, dialogs);
  const shown = shownText();
  const actions: EditorActions = {
    ask: (given) => askAbout("ask", shown, given, ask),
    addToChat: (given) => addToChat(shown, given, ask),
    explain: (given) => askAbout("explain", shown, given, ask),
    fix: (given) => askAbout("fix", shownText(true), given, ask),
    writeTests: (given) => askAbout("writeTests", shown, given, ask),
    document: (given) => askAbout("document", shown, given, ask),
    summarize: (given) => askAbout("summarize", shown, given, ask),
    reviewChanges: (given) => askAbout("reviewChanges", changes, given, ask),
    askAboutTerminal: (given) => askAbout("ask", terminal, given, ask),
    addTerminalToChat: (given) => addToChat(terminal, given, ask),
    explainTerminal: (given) => askAbout("explain", terminal, given, ask),
    fixTerminal: (given) => askAbout("fix", terminal, given, ask),
    explainProblem: (given) => askAbout("explain", problems, given, ask),
    fixProblem: (given) => askAbout("fix", problems, given, ask),
    addProblemToChat: (given) => addToChat(problems, given, ask),
    editSelection: async () => (await forms()).editSelection(proposals, may),
    applyInEditor: (given) => proposeCode(given, { proposals, mayChange: may }),
    applyProposal: ([uri]) => proposals.accept(uri),
    keepProposal: ([uri]) => proposals.accept(uri),
    discardProposal: ([uri]) => proposals.discard(uri),
    openReferenceToSide: openToSide,
    copyReferencePath: (given) => copyPath(given),
    addReferenceToChat: async (given) => addFile(await fileOf(given), ask),
    openPromptLink: (given) => openPromptLink(given, chat),
  };
  return actions;
}

/** Runs one of them; what it cannot do is told. */
export async function runEditorAction(
  actions: EditorActions,
  name: keyof EditorActions,
  given: readonly unknown[],
): Promise<void> {
  await tellFailure(async () => void (await actions[name](given)));
}
