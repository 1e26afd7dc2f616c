import * as vscode from "vscode";
import type { ListedSession } from "../../chat/sessions/session-index.ts";
import { t } from "../../protocol/localize.ts";
import { type SessionRow, sessionRows } from "./session-rows.ts";

export interface SessionPickerOptions {
  readonly list: () => Promise<readonly ListedSession[]>;
  readonly running: () => ReadonlySet<string>;
  readonly shownId: () => string | undefined;
  readonly rename: (session: ListedSession) => Promise<void>;
  readonly archive: (session: ListedSession) => Promise<void>;
  readonly remove: (session: ListedSession) => Promise<void>;
  readonly report: (error: unknown) => void;
}

interface SessionItem extends vscode.QuickPickItem {
  readonly row: SessionRow;
}

/** Of each chat; which was pressed is told by identity. */
function rowButtons() {
  return {
    rename: { iconPath: new vscode.ThemeIcon("edit"), tooltip: t("Rename…") },
    archive: { iconPath: new vscode.ThemeIcon("archive"), tooltip: t("Archive") },
    unarchive: { iconPath: new vscode.ThemeIcon("discard"), tooltip: t("Unarchive") },
    remove: { iconPath: new vscode.ThemeIcon("trash"), tooltip: t("Delete…") },
  };
}

/** So many rows are built at first; a search goes through all. */
const pageSize = 100;

/** Lets the user pick a chat by title or prompt, in VS Code's own list. @returns its id, or undefined where they closed it */
export async function pickSession(options: SessionPickerOptions): Promise<string | undefined> {
  const quickPick = vscode.window.createQuickPick<SessionItem>();
  const buttons = rowButtons();
  quickPick.title = t("Outcrop: Chats");
  quickPick.placeholder = t("Search by title or prompt");
  quickPick.matchOnDetail = true;
  quickPick.matchOnDescription = true;
  let sessions: readonly ListedSession[] = [];
  let most: number | undefined = pageSize;
  const show = (): void => {
    const rows = sessionRows(sessions, {
      now: Date.now(),
      language: vscode.env.language,
      running: options.running(),
      shownId: options.shownId(),
      most: quickPick.value === "" ? most : undefined,
    });
    const active = sessionOf(quickPick.activeItems[0])?.id;
    quickPick.keepScrollPosition = true;
    quickPick.items = rows.map((row) => toItem(row, buttons));
    quickPick.activeItems = quickPick.items.filter((item) => active !== undefined && sessionOf(item)?.id === active);
  };
  const load = async (): Promise<void> => {
    quickPick.busy = true;
    try {
      sessions = await options.list();
      quickPick.placeholder = sessions.length === 0 ? t("No chats yet") : t("Search by title or prompt");
      show();
    } finally {
      quickPick.busy = false;
    }
  };
  const press = async (session: ListedSession, button: vscode.QuickInputButton): Promise<void> => {
    // What asks hides the list; it comes back with what has changed.
    quickPick.ignoreFocusOut = true;
    if (button === buttons.rename) await options.rename(session);
    else if (button === buttons.remove) await options.remove(session);
    else await options.archive(session);
    await load();
    quickPick.show();
  };
  let pressing = 0;
  quickPick.onDidChangeValue(show);
  quickPick.onDidTriggerItemButton(({ item, button }) => {
    const session = sessionOf(item);
    if (session === undefined) return;
    pressing++;
    void press(session, button)
      .catch(options.report)
      .finally(() => pressing--);
  });
  quickPick.show();
  void load().catch(options.report);
  try {
    return await new Promise((resolve) => {
      quickPick.onDidAccept(() => {
        const [item] = quickPick.selectedItems;
        if (item?.row.kind === "session") return resolve(item.row.session.id);
        if (item?.row.kind !== "more") return;
        most = undefined;
        show();
      });
      quickPick.onDidHide(() => {
        if (pressing === 0) resolve(undefined);
      });
    });
  } finally {
    quickPick.dispose();
  }
}

function sessionOf(item: SessionItem | undefined): ListedSession | undefined {
  return item?.row.kind === "session" ? item.row.session : undefined;
}

function toItem(row: SessionRow, { rename, archive, unarchive, remove }: ReturnType<typeof rowButtons>): SessionItem {
  switch (row.kind) {
    case "separator":
      return { row, label: row.label, kind: vscode.QuickPickItemKind.Separator };
    case "more":
      return { row, label: row.label, alwaysShow: true };
    case "session": {
      const { label, description, detail, session } = row;
      const buttons = [rename, session.archived ? unarchive : archive, remove];
      return { row, label, description, ...(detail !== "" && { detail }), buttons };
    }
  }
}
