import * as vscode from "vscode";
import type { Tool } from "../agent/tool.ts";
import type { SessionOffer } from "../chat/session-offer.ts";
import type { ToolChoice } from "../protocol/chat-choice.ts";
import { type ToolSet, toolSets } from "../tools/tool-sets.ts";
import { readOfferSettings, writeToolsSetting } from "./offer-settings.ts";
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
    const why = "There are no tools in this window. Open a folder and trust it to have some.";
    void vscode.window.showInformationMessage(why);
    return;
  }
  const picked = await pickTools(toolSets(tools), offer.choice);
  if (picked === undefined) return;
  const choice: ToolChoice = Object.fromEntries(tools.map(({ name }) => [name, picked.isOn(name)]));
  if (!picked.asDefault) return offer.choose({ tools: choice });
  await writeToolsSetting(defaultsFrom(readOfferSettings().tools, choice));
  offer.choose({ tools: {} });
}

/** Only what is off is written; what is known of other tools stays. */
function defaultsFrom(before: ToolChoice, choice: ToolChoice): ToolChoice {
  return Object.fromEntries(Object.entries({ ...before, ...choice }).filter(([, isOn]) => !isOn));
}

/** Undefined: the list was closed. */
async function pickTools(sets: readonly ToolSet[], choice: ToolChoice): Promise<Picked | undefined> {
  const list = vscode.window.createQuickPick<ToolItem>();
  const keep: vscode.QuickInputButton = {
    iconPath: new vscode.ThemeIcon("save"),
    tooltip: "Use for All Chats (outcrop.tools)",
  };
  const items = sets.flatMap(toItems);
  list.title = "Configure Tools";
  list.placeholder = "Tools that the model is offered in this chat. Ask mode leaves out all that have an effect.";
  list.canSelectMany = true;
  list.matchOnDescription = true;
  list.buttons = [keep];
  list.items = items;
  let checked = checkedRows(sets, (tool) => choice[tool] !== false);
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
