import * as vscode from "vscode";
import type { ContextItem, ContextReference } from "../../protocol/attachment.ts";
import { t } from "../../protocol/localize.ts";

export interface PickContextPorts {
  readonly files: (text: string) => Promise<readonly ContextItem[]>;
  readonly symbols: (text: string, signal: AbortSignal) => Promise<readonly ContextItem[]>;
}

interface Choice extends vscode.QuickPickItem {
  readonly pick?: (ports: PickContextPorts) => Promise<readonly ContextReference[]>;
}

const one = (reference: ContextReference) => async () => [reference];

const choices = (): readonly Choice[] => [
  {
    label: t("$(file) Files…"),
    pick: (ports) => pickFound(t("Outcrop: Attach Files"), (text) => filesOnly(ports, text, "file")),
  },
  {
    label: t("$(folder) Folders…"),
    pick: (ports) => pickFound(t("Outcrop: Attach a Folder"), (text) => filesOnly(ports, text, "folder")),
  },
  { label: t("$(symbol-method) Symbols…"), pick: (ports) => pickFound(t("Outcrop: Attach a Symbol"), ports.symbols) },
  { label: t("$(list-selection) Selection"), description: t("of the active editor"), pick: one({ kind: "selection" }) },
  { label: t("$(files) Open Editors"), pick: one({ kind: "editors" }) },
  { label: t("$(warning) Problems"), pick: one({ kind: "problems" }) },
  { label: t("$(terminal) Terminal Selection"), pick: one({ kind: "terminal" }) },
  { label: t("$(git-compare) Changes"), description: t("of the git repository"), pick: one({ kind: "changes" }) },
  { label: t("$(globe) Web Page…"), pick: pickAddress },
  { label: t("$(file-media) Image or File from Disk…"), pick: pickFromDisk },
];

/** VS Code's own lists; what is chosen in them is attached. Empty where the user chooses nothing. */
export async function pickContext(ports: PickContextPorts): Promise<readonly ContextReference[]> {
  const options = { title: t("Outcrop: Add Context"), placeHolder: t("What to attach to the next prompt") };
  const chosen = await vscode.window.showQuickPick(choices(), options);
  return (await chosen?.pick?.(ports)) ?? [];
}

async function filesOnly(
  { files }: PickContextPorts,
  text: string,
  kind: "file" | "folder",
): Promise<readonly ContextItem[]> {
  const found = await files(text);
  return found.filter(({ reference }) => reference.kind === kind);
}

interface FoundChoice extends vscode.QuickPickItem {
  readonly reference: ContextReference;
}

/** A list that is found anew with each letter; a later answer to an earlier letter is dropped. */
function pickFound(
  title: string,
  find: (text: string, signal: AbortSignal) => Promise<readonly ContextItem[]>,
): Promise<readonly ContextReference[]> {
  const list = vscode.window.createQuickPick<FoundChoice>();
  list.title = title;
  list.placeholder = t("Type a part of the name");
  list.matchOnDescription = true;
  let asking = new AbortController();
  const look = async (text: string): Promise<void> => {
    asking.abort();
    const own = new AbortController();
    asking = own;
    list.busy = true;
    const found = await find(text, own.signal).catch((): readonly ContextItem[] => []);
    if (own.signal.aborted) return;
    list.busy = false;
    // What was found by its letters in order is shown, whatever VS Code's own filter would say.
    list.items = found.map(({ reference, label, description }) => ({
      reference,
      label,
      description,
      alwaysShow: true,
    }));
  };
  return new Promise((resolve) => {
    list.onDidChangeValue((text) => void look(text));
    list.onDidAccept(() => {
      resolve(list.selectedItems.map(({ reference }) => reference));
      list.hide();
    });
    list.onDidHide(() => {
      asking.abort();
      resolve([]);
      list.dispose();
    });
    list.show();
    void look("");
  });
}

async function pickAddress(): Promise<readonly ContextReference[]> {
  const url = await vscode.window.showInputBox({
    title: t("Outcrop: Attach a Web Page"),
    prompt: t("Its address. You are asked before it is fetched."),
    placeHolder: "https://",
    ignoreFocusOut: true,
  });
  return url === undefined || url.trim() === "" ? [] : [{ kind: "url", url: url.trim() }];
}

async function pickFromDisk(): Promise<readonly ContextReference[]> {
  const files = await vscode.window.showOpenDialog({
    title: t("Outcrop: Attach from Disk"),
    openLabel: t("Attach"),
    canSelectMany: true,
    filters: {
      [t("Images and documents")]: ["png", "jpg", "jpeg", "gif", "webp", "pdf"],
      [t("All files")]: ["*"],
    },
  });
  return Promise.all((files ?? []).map(readPicked));
}

/** Picked in a dialog of the editor: the user has named this very file, wherever it is. */
async function readPicked(file: vscode.Uri): Promise<ContextReference> {
  const bytes = await vscode.workspace.fs.readFile(file);
  return { kind: "upload", name: file.path, data: Buffer.from(bytes).toString("base64") };
}
