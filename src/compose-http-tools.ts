import { basename, join } from "node:path";
import * as vscode from "vscode";
import type { Tool } from "./agent/tool.ts";
import { requestAgents } from "./bedrock/network/request-agents.ts";
import { NodeHttpClient } from "./headless/http/node-http-client.ts";
import { WritesFile } from "./headless/http/writes-file.ts";
import { makeVisible, makeVisibleLine } from "./policy/display/make-visible.ts";
import { t } from "./protocol/localize.ts";
import { createHttpTools } from "./tools/http/create-http-tools.ts";
import type { HeaderSecrets } from "./vscode/header-secrets.ts";
import { readHttpToolSettings, writeHttpTools, writtenHttpTools } from "./vscode/http/http-tools-settings.ts";
import { offeredTools } from "./vscode/http/offered-tools.ts";
import { nativePrompts } from "./vscode/native-prompts.ts";
import { readNetworkSettings } from "./vscode/network-settings.ts";
import { plainNotice } from "./vscode/plain-notice.ts";
import { readSettings } from "./vscode/settings.ts";

export interface HttpToolParts {
  readonly context: vscode.ExtensionContext;
  readonly secrets: HeaderSecrets;
  /** Masks these values from now on. */
  readonly know: (secrets: readonly string[]) => void;
  readonly folders: () => readonly string[];
  readonly report: (error: unknown) => void;
}

/** The HTTP tools of the settings for one session, as they are whenever a turn begins. */
export function composeHttpTools({ context, secrets, know, folders, report }: HttpToolParts, session: string) {
  const create = createHttpTools({
    client: new NodeHttpClient(() => requestAgents(readNetworkSettings(), process.env, readSettings().profile)),
    findSecret: async (name) => {
      const value = await secrets.find(name);
      if (value !== undefined) know([value]);
      return value;
    },
    openWrites: new WritesFile(join(context.globalStorageUri.fsPath, "http-writes", `${session}.json`)),
  });
  let told = "";
  return async (): Promise<readonly Tool[]> => {
    void offerTools({ context, secrets, folders }).catch(report);
    const { definitions, problems } = readHttpToolSettings(folders());
    const text = problems.join("\n");
    if (text !== "" && text !== told) warn(text);
    told = text;
    return create(definitions);
  };
}

/** Tools that were refused, or are wrong in the settings. */
export function warn(text: string): void {
  void vscode.window.showWarningMessage(plainNotice(makeVisible(text)), t("Open Settings")).then((pressed) => {
    if (pressed !== undefined)
      void vscode.commands.executeCommand("workbench.action.openSettings", "outcrop.httpTools");
  });
}

/** Asks for a file, and for those of its operations that the model may call. */
export async function addToolsFromFile(secrets: HeaderSecrets): Promise<void> {
  const [file] =
    (await vscode.window.showOpenDialog({
      title: t("Outcrop: Add Tools from OpenAPI"),
      openLabel: t("Pick Operations…"),
      filters: { "OpenAPI 3": ["json", "yaml", "yml"] },
    })) ?? [];
  if (file === undefined) return;
  const text = new TextDecoder().decode(await vscode.workspace.fs.readFile(file));
  await add({ name: basename(file.path), text }, secrets);
}

async function offerTools({ context, secrets, folders }: Pick<HttpToolParts, "context" | "secrets" | "folders">) {
  if (!vscode.workspace.isTrusted) return;
  for (const { folder, name, text } of await offeredTools(context.workspaceState, folders())) {
    const message = t(
      "This workspace offers HTTP tools in {0}. None of them is used unless you pick it.",
      makeVisibleLine(name),
    );
    const pressed = await vscode.window.showInformationMessage(plainNotice(message), t("Review…"));
    if (pressed !== undefined) await add({ name, text }, secrets, folder);
  }
}

async function add(
  document: { readonly name: string; readonly text: string },
  secrets: HeaderSecrets,
  onlyIn?: string,
): Promise<void> {
  const { addHttpTools } = await import("./vscode/http/add-http-tools.ts");
  const prompts = { ...nativePrompts, pickMany };
  const folder = onlyIn === undefined ? {} : { onlyIn };
  const parts = { prompts, document, secrets, written: writtenHttpTools(), write: writeHttpTools, ...folder };
  try {
    const done = await addHttpTools(parts);
    if (done !== undefined) void vscode.window.showInformationMessage(plainNotice(makeVisible(done)));
  } catch (error) {
    const reason = error instanceof Error ? error.message : String(error);
    void vscode.window.showErrorMessage(plainNotice(makeVisible(`${document.name}: ${reason}`)));
  }
}

const pickMany: Parameters<typeof import("./vscode/http/add-http-tools.ts").addHttpTools>[0]["prompts"]["pickMany"] =
  async (title, choices) => {
    const options = { title, canPickMany: true, ignoreFocusOut: true, matchOnDescription: true } as const;
    return (await vscode.window.showQuickPick([...choices], options))?.map(({ value }) => value);
  };
