import * as vscode from "vscode";
import type { RuleBook } from "../policy/rules/rule-book.ts";
import { plural, t, text } from "../protocol/localize.ts";
import type { Dialogs } from "./dialogs.ts";
import { groupRules, type RuleGroup, repositoryGroups } from "./rule-items.ts";

interface RulePick extends vscode.QuickPickItem {
  readonly id?: string;
}

/** Lists every rule in force, and revokes one or all of those that the user made. `folders` are read only where trusted. */
export async function manageRules(rules: RuleBook, folders: readonly string[], dialogs: Dialogs): Promise<void> {
  const list = vscode.window.createQuickPick<RulePick>();
  const revokeAll = { iconPath: new vscode.ThemeIcon("clear-all"), tooltip: t("Revoke All") };
  const show = async (): Promise<void> => {
    const own = groupRules(rules.list());
    const repository = vscode.workspace.isTrusted ? await repositoryGroups(folders) : [];
    const groups = [...own, ...repository];
    list.items = groups.flatMap(toPicks);
    list.buttons = own.length === 0 ? [] : [revokeAll];
    list.placeholder =
      groups.length === 0
        ? t("No rules: Outcrop asks about everything that changes files or runs programs")
        : t("Rules in force; Enter revokes one. Deny is over ask, ask is over allow.");
  };
  list.title = t("Outcrop: Approval Rules");
  list.matchOnDescription = true;
  list.onDidTriggerItemButton(async ({ item }) => {
    if (item.id !== undefined) await rules.revoke(item.id);
    await show();
  });
  list.onDidTriggerButton(async () => {
    list.hide();
    await resetRules(rules, dialogs);
  });
  list.onDidAccept(async () => {
    const [picked] = list.selectedItems;
    list.hide();
    if (picked?.id === undefined) return;
    await revokeOne(rules, picked.id, picked.label, dialogs);
    await manageRules(rules, folders, dialogs);
  });
  list.onDidHide(() => list.dispose());
  await show();
  list.show();
}

/** The keyboard's way: the button of a row is the mouse's. */
async function revokeOne(rules: RuleBook, id: string, label: string, dialogs: Dialogs): Promise<void> {
  const pressed = await dialogs.ask({
    title: t("Revoke this approval rule?"),
    detail: `${label}\n\n${t("What it allowed is asked about again.")}`,
    buttons: [text("Revoke")],
  });
  if (pressed !== undefined) await rules.revoke(id);
}

/** Revokes every rule that the user made, after a question. */
export async function resetRules(rules: RuleBook, dialogs: Dialogs): Promise<void> {
  const own = rules.list().filter(({ scope }) => scope !== "repository");
  if (own.length === 0) {
    void vscode.window.showInformationMessage(t("There are no approval rules of yours."));
    return;
  }
  const pressed = await dialogs.ask({
    title: t("Revoke all approval rules?"),
    detail: plural(
      own.length,
      "{0} rule of this workspace and this chat. What they allowed is asked about again.",
      "{0} rules of this workspace and this chat. What they allowed is asked about again.",
    ),
    buttons: [text("Revoke All")],
  });
  if (pressed === undefined) return;
  for (const { id } of own) await rules.revoke(id);
}

function toPicks({ title, rules }: RuleGroup): readonly RulePick[] {
  const revoke: vscode.QuickInputButton = { iconPath: new vscode.ThemeIcon("trash"), tooltip: t("Revoke") };
  const separator: RulePick = { label: title, kind: vscode.QuickPickItemKind.Separator };
  const picks = rules.map(
    ({ id, label, description }): RulePick =>
      id === undefined ? { label, description } : { id, label, description, buttons: [revoke] },
  );
  return [separator, ...picks];
}
