import * as vscode from "vscode";
import { t } from "../protocol/localize.ts";
import { writeSettings } from "./models/model-settings.ts";
import { readRequestChoices } from "./request-settings.ts";
import { userSettings } from "./user-settings.ts";

/** A version of a guardrail as the picker shows it. */
export interface PickableGuardrail {
  readonly id: string;
  readonly name: string;
  readonly version: string;
  readonly description: string | undefined;
  readonly isReady: boolean;
}

type ListGuardrails = (signal: AbortSignal, identifier?: string) => Promise<readonly PickableGuardrail[]>;

interface Item extends vscode.QuickPickItem {
  /** Absent: it only says something. */
  readonly value?: string | null;
}

/**
 * Lets the user pick the guardrail of every request and its version: one of the account, or any id or ARN and version
 * that they type, also where listing is denied. How it judges and traces stays as it is set.
 */
export async function selectGuardrail(list: ListGuardrails): Promise<void> {
  const { guardrail: current } = readRequestChoices(userSettings());
  const identifier = await pick({
    title: t("Outcrop: Select Guardrail"),
    placeholder: t("Pick a guardrail, or type its id or ARN"),
    list: async (signal) => (await list(signal)).map((found) => toGuardrailItem(found, current?.identifier)),
    isTyped: (text) => /^(?:[a-z0-9]{6,64}|arn:\S+)$/u.test(text),
    last: current === undefined ? [] : [{ label: t("$(circle-slash) No guardrail"), value: null }],
  });
  if (identifier === undefined) return;
  if (identifier === null) return writeSettings({ guardrail: undefined });
  const version = await pick({
    title: t("Outcrop: Select the Guardrail's Version"),
    placeholder: t("Pick a version, or type its number or DRAFT"),
    list: async (signal) => (await list(signal, identifier)).map((found) => toVersionItem(found)),
    isTyped: (text) => /^(?:[1-9]\d{0,7}|DRAFT)$/u.test(text),
    last: [],
  });
  if (version === undefined || version === null) return;
  const { mode, trace } = current ?? { mode: "sync", trace: "enabled" };
  await writeSettings({ guardrail: { mode, trace, identifier, version } });
}

function toGuardrailItem({ id, name, description, isReady }: PickableGuardrail, current: string | undefined): Item {
  const label = id === current ? `$(check) ${name}` : name;
  const detail = isReady ? description : `${t("Not ready.")} ${description ?? ""}`;
  return { label, description: id, value: id, ...(detail !== undefined && { detail }) };
}

function toVersionItem({ version, description }: PickableGuardrail): Item {
  const detail = version === "DRAFT" ? t("The working draft: it changes with every edit") : description;
  return { label: version, value: version, ...(detail !== undefined && { detail }) };
}

interface Picking {
  readonly title: string;
  readonly placeholder: string;
  readonly list: (signal: AbortSignal) => Promise<readonly Item[]>;
  /** Whether what was typed can be one. */
  readonly isTyped: (text: string) => boolean;
  readonly last: readonly Item[];
}

/** Undefined where the user closed it. */
async function pick({ title, placeholder, list, isTyped, last }: Picking): Promise<string | null | undefined> {
  const quickPick = vscode.window.createQuickPick<Item>();
  const listing = new AbortController();
  let listed: readonly Item[] = [];
  const show = (): void => {
    const text = quickPick.value.trim();
    const isNew = isTyped(text) && !listed.some(({ value }) => value === text);
    const typed: readonly Item[] = isNew ? [{ label: t('Use "{0}"', text), alwaysShow: true, value: text }] : [];
    quickPick.items = [...typed, ...listed, ...last];
  };
  Object.assign(quickPick, { title, placeholder, matchOnDescription: true, busy: true });
  quickPick.onDidChangeValue(show);
  show();
  quickPick.show();
  void list(listing.signal)
    .catch(failedItem)
    .then((items) => {
      if (listing.signal.aborted) return;
      listed = items;
      quickPick.busy = false;
      show();
    });
  try {
    return await new Promise((resolve) => {
      quickPick.onDidAccept(() => {
        const [chosen] = quickPick.selectedItems;
        if (chosen?.value !== undefined) resolve(chosen.value);
      });
      quickPick.onDidHide(() => resolve(undefined));
    });
  } finally {
    listing.abort();
    quickPick.dispose();
  }
}

function failedItem(error: unknown): readonly Item[] {
  const detail = error instanceof Error ? error.message : String(error);
  return [{ label: t("$(warning) The guardrails could not be listed; type an id or ARN"), detail, alwaysShow: true }];
}
