import type * as vscode from "vscode";
import { ToolError } from "./agent/tool.ts";
import { requestAgents } from "./bedrock/network/request-agents.ts";
import { NodeHttpClient } from "./headless/http/node-http-client.ts";
import type { AskUser } from "./policy/policy-gate-options.ts";
import type { SessionPolicy } from "./policy/session-policy.ts";
import { t, text } from "./protocol/localize.ts";
import { createFetchPage } from "./tools/context/fetch-page.ts";
import { FileFinder } from "./tools/context/find-files.ts";
import { ContextReader } from "./tools/context/read-context.ts";
import { createGetChanges } from "./tools/get-changes.ts";
import { createGetDiagnostics } from "./tools/get-diagnostics.ts";
import { createListFiles } from "./tools/list-files.ts";
import { createReadFile } from "./tools/read-file.ts";
import type { Workspace } from "./tools/workspace.ts";
import { dialogText } from "./vscode/approval-text.ts";
import { EditorRepositories } from "./vscode/changes/editor-repositories.ts";
import { AttachedDocuments } from "./vscode/context/attached-documents.ts";
import type { WindowContext } from "./vscode/context/context-desk.ts";
import { ContextSearch } from "./vscode/context/context-search.ts";
import { excludedGlobs } from "./vscode/context/context-settings.ts";
import { gatherContext } from "./vscode/context/gather-context.ts";
import { openFilePaths } from "./vscode/context/open-file-paths.ts";
import { pickContext } from "./vscode/context/pick-context.ts";
import type { Dialogs } from "./vscode/dialogs.ts";
import { findRipgrep } from "./vscode/find-ripgrep.ts";
import { EditorDiagnostics } from "./vscode/language/editor-diagnostics.ts";
import { EditorLanguage } from "./vscode/language/editor-language.ts";
import { readNetworkSettings } from "./vscode/network-settings.ts";
import { readSettings } from "./vscode/settings.ts";

export interface ContextParts {
  readonly workspace: Workspace;
  readonly dialogs: Dialogs;
  /** Of a session that is open, or of the one that is shown. */
  readonly policy: (sessionId?: string) => Promise<SessionPolicy>;
  readonly subscriptions: vscode.Disposable[];
}

/** Loaded when context is first asked for. */
export function composeContext({ workspace, dialogs, policy, subscriptions }: ContextParts): WindowContext {
  const client = new NodeHttpClient(() => requestAgents(readNetworkSettings(), process.env, readSettings().profile));
  const folders = () => workspace.folders();
  const files = new FileFinder({
    ...{ workspace, findRipgrep, excluded: excludedGlobs, openFiles: openFilePaths },
    now: Date.now,
  });
  const search = new ContextSearch({ files, language: new EditorLanguage(), folders });
  const documents = new AttachedDocuments();
  subscriptions.push(documents);
  let pasted = 0;
  return {
    documents,
    gather: async (reference, chat) => {
      const deciding = await policy(chat);
      const guard = deciding.files;
      const tools = {
        readFile: createReadFile(workspace, guard),
        listFiles: createListFiles(workspace, findRipgrep, guard),
        getDiagnostics: createGetDiagnostics({ workspace, diagnostics: new EditorDiagnostics(), guard }),
        getChanges: createGetChanges({ workspace, repositories: new EditorRepositories(), guard }),
        fetchPage: createFetchPage(client),
      };
      let isUntrusted = false;
      const gate = deciding.createContextGate(askIn(dialogs), () => {
        isUntrusted = true;
      });
      const reader = new ContextReader(tools, gate, new AbortController().signal);
      const gathered = await gatherContext(reference, reader, () => ++pasted);
      return isUntrusted ? gathered.map((one) => ({ ...one, untrusted: true })) : gathered;
    },
    search: async (query, text, post) => search.answer(query, text, (await policy()).files, post),
    pick: async () => {
      const { files: guard } = await policy();
      return pickContext({
        files: (text) => search.files(text, guard),
        symbols: (text, signal) => (text === "" ? Promise.resolve([]) : search.symbols(text, guard, signal)),
      });
    },
  };
}

/** What the policy asks about is answered in a dialog of the editor: a webview's word is not the user's. */
function askIn(dialogs: Dialogs): AskUser {
  return async (request) => {
    if (dialogs.isOpen) throw new ToolError(t("Another question waits for your answer; attach it again afterwards."));
    const { title, detail } = dialogText(request);
    const pressed = await dialogs.ask({ title, detail, buttons: [text("Attach")] as const });
    return pressed === "Attach" ? { kind: "allow" } : { kind: "skip", feedback: "" };
  };
}
