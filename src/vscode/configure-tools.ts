import * as vscode from "vscode";
import type { Tool } from "../agent/tool.ts";
import { isChosen, MOST_TOOLS } from "../chat/offered-tools.ts";
import type { SessionOffer } from "../chat/session-offer.ts";
import type { ToolChoice } from "../protocol/chat-choice.ts";
import { t } from "../protocol/localize.ts";
import { type ToolSet, toolSets } from "../tools/tool-sets.ts";
import { readOfferSettings, writeToolsSetting } from "./offer-settings.ts";
import { plainNotice } from "./plain-notice.ts";
import { checkedRows, followSets, rowOf } from "./tool-selection.ts";

interface ToolItem extends vscode.QuickPickItem {
  readonly row: string;
}

interface Picked {
  readonly isOn: (tool: string) => boolean;
  readonly asDefault: boolean;
}

/** Lets the user turn tools on and off: for this chat, or for every chat in which nothing else is chosen. */
export async function configureTools(offer: Pick<SessionOffer, "all" | "choice" | "choose">): Promise<void> {
  const tools = await offer.all();
  if (tools.length === 0) {
    void vscode.window.showInformationMessage(
      t("There are no tools in this window. Open a folder and trust it to have some."),
    );
    return;
  }
  const picked = await pickTools(
    toolSets(tools),
    tools.filter((tool) => isChosen(tool, offer.choice)),
  );
  if (picked === undefined) return;
  const choice: ToolChoice = Object.fromEntries(tools.map(({ name }) => [name, picked.isOn(name)]));
  warnOfLeftOut(tools.filter(({ name }) => picked.isOn(name)));
  if (!picked.asDefault) return offer.choose({ tools: choice });
  await writeToolsSetting(defaultsFrom(readOfferSettings().tools, choice, tools));
  offer.choose({ tools: {} });
}

/** Only what is not so by itself is written; what is known of other tools stays. */
function defaultsFrom(before: ToolChoice, choice: ToolChoice, tools: readonly Tool[]): ToolChoice {
  const offByDefault = new Set(tools.flatMap(({ name, isOffByDefault }) => (isOffByDefault ? [name] : [])));
  const isWritten = ([name, isOn]: readonly [string, boolean]): boolean =>
    name in choice ? isOn === offByDefault.has(name) : true;
  return Object.fromEntries(Object.entries({ ...before, ...choice }).filter(isWritten));
}

function warnOfLeftOut(on: readonly Tool[]): void {
  const left = on.slice(MOST_TOOLS).map(({ name }) => name);
  if (left.length === 0) return;
  const text = t(
    "{0} tools are the most that a model is offered. Left out: {1}. Turn off others to have them.",
    MOST_TOOLS,
    left.join(", "),
  );
  void vscode.window.showWarningMessage(plainNotice(text));
}

/** Undefined: the list was closed. */
async function pickTools(sets: readonly ToolSet[], on: readonly Tool[]): Promise<Picked | undefined> {
  const list = vscode.window.createQuickPick<ToolItem>();
  const keep: vscode.QuickInputButton = {
    iconPath: new vscode.ThemeIcon("save"),
    tooltip: t("Use for All Chats (outcrop.tools)"),
  };
  const items = sets.flatMap(toItems);
  list.title = t("Configure Tools");
  list.placeholder = t("Tools for this chat. Ask mode leaves out those with an effect.");
  list.canSelectMany = true;
  list.matchOnDescription = true;
  list.buttons = [keep];
  list.items = items;
  let checked = checkedRows(sets, (tool) => on.some(({ name }) => name === tool));
  const show = (): void => {
    list.selectedItems = items.filter(({ row }) => checked.has(row));
  };
  show();
  try {
    return await new Promise<Picked | undefined>((resolve) => {
      const isOn = (tool: string): boolean => checked.has(tool);
      list.onDidChangeSelection((selected) => {
        const now = new Set(selected.map(({ row }) => row));
        const next = followSets(sets, checked, now);
        const follows = next.size !== now.size || [...next].some((row) => !now.has(row));
        checked = next;
        if (follows) show();
      });
      list.onDidAccept(() => resolve({ isOn, asDefault: false }));
      list.onDidTriggerButton(() => resolve({ isOn, asDefault: true }));
      list.onDidHide(() => resolve(undefined));
      list.show();
    });
  } finally {
    list.dispose();
  }
}

function toItems(set: ToolSet): readonly ToolItem[] {
  const own: ToolItem = { row: rowOf(set), label: set.name };
  const toItem = ({ name, description }: Tool): ToolItem => ({
    row: name,
    label: `\u2003${name}`,
    description: firstSentence(description),
  });
  return [own, ...set.tools.map(toItem)];
}

/** The rest is for the model. */
function firstSentence(text: string): string {
  return /^.*?\.(?=\s|$)/.exec(text)?.[0] ?? text;
}
