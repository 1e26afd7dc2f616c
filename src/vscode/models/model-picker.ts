import * as vscode from "vscode";
import { t } from "../../protocol/localize.ts";
import type { ModelMemory } from "./model-memory.ts";
import type { ListedModels, MissingList, ModelAccess, ModelSource, PickableModel } from "./model-source.ts";
import { type PickerRow, pickerRows } from "./picker-rows.ts";
import { typedModel } from "./typed-model.ts";

/** What the user chose. */
export type ModelChoice = { readonly kind: "demo" } | { readonly kind: "model"; readonly id: string };

interface ModelItem extends vscode.QuickPickItem {
  readonly choice:
    | ModelChoice
    | { readonly kind: "none" }
    | { readonly kind: "retry" }
    | { readonly kind: "copy"; readonly text: string };
  readonly model?: PickableModel;
  /** Made of the text in the box. */
  readonly isTyped?: boolean;
}

const demoItem = (): ModelItem => ({
  label: t("$(beaker) Demo model"),
  description: t("scripted, no AI"),
  detail: t("Runs inside Outcrop; no AWS account, nothing is sent."),
  choice: { kind: "demo" },
});

const gatewayItem = (): ModelItem => ({
  label: t("$(info) The gateway decides which models there are; type an id"),
  alwaysShow: true,
  choice: { kind: "none" },
});

const neededLists: readonly string[] = ["bedrock:ListInferenceProfiles", "bedrock:ListFoundationModels"];

/** One showing of the picker: at once with what is remembered, then with what AWS lists. */
export class ModelPicker {
  readonly #source: ModelSource;
  readonly #memory: ModelMemory;
  readonly #current: string | undefined;
  readonly #title: string;
  readonly #quickPick = vscode.window.createQuickPick<ModelItem>();
  readonly #closed = new AbortController();
  readonly #access = new Map<string, ModelAccess>();
  #own: readonly PickableModel[] = [];
  #listed: readonly PickableModel[];
  #catalogue: { readonly date: string; readonly models: readonly PickableModel[] } | undefined;
  #missing: readonly MissingList[] = [];

  constructor(
    source: ModelSource,
    memory: ModelMemory,
    current: string | undefined,
    title = t("Outcrop: Select Model"),
  ) {
    this.#title = title;
    this.#source = source;
    this.#memory = memory;
    this.#current = current;
    this.#listed = source.isListed ? memory.listOf(source.place) : [];
  }

  /** Resolves with undefined where the user closed it. */
  async pick(): Promise<ModelChoice | undefined> {
    const quickPick = this.#quickPick;
    quickPick.title = t("{0} (prices per 1M tokens, as of {1})", this.#title, this.#source.pricesDate);
    quickPick.placeholder = t("Pick a model, or type a model id, inference profile id or ARN");
    quickPick.matchOnDescription = true;
    quickPick.matchOnDetail = true;
    quickPick.onDidChangeValue(() => this.#show());
    quickPick.onDidTriggerItemButton(({ item }) => void this.#toggle(item));
    quickPick.onDidChangeActive(([item]) => void this.#look(item));
    this.#show();
    quickPick.show();
    void this.#describeOwn();
    if (this.#source.isListed) void this.#list();
    try {
      return await new Promise((resolve) => {
        quickPick.onDidAccept(() => {
          const choice = this.#accepted();
          if (choice?.kind === "retry") void this.#list();
          else if (choice?.kind === "copy") void copyActions(choice.text);
          else if (choice?.kind === "model" || choice?.kind === "demo") resolve(choice);
        });
        quickPick.onDidHide(() => resolve(undefined));
      });
    } finally {
      this.#closed.abort();
      quickPick.dispose();
    }
  }

  /** Who pastes an id and presses Enter at once means it, though the list still shows what fitted the text before. */
  #accepted(): ModelItem["choice"] | undefined {
    const item = this.#quickPick.selectedItems[0];
    const typed = typedModel(this.#quickPick.value, !this.#source.isListed);
    if (typed.kind !== "id") return item?.choice;
    if (item === undefined || item.isTyped === true) return { kind: "model", id: typed.id };
    const isKnown = this.#models().some(({ id }) => id === typed.id);
    return isKnown && item.model?.id.includes(typed.id) !== true ? { kind: "model", id: typed.id } : item.choice;
  }

  /** Whether the account may invoke a model, as far as that was asked for. */
  accessTo(id: string): ModelAccess {
    return this.#access.get(id) ?? "unknown";
  }

  /** What is in use, and the favourites, are shown whether or not AWS lists them. */
  async #describeOwn(): Promise<void> {
    const ids = [this.#current ?? [], this.#memory.favourites, this.#memory.recents].flat();
    this.#own = await this.#source.describe([...new Set(ids)]).catch(() => []);
    this.#show();
  }

  async #list(): Promise<void> {
    this.#quickPick.busy = true;
    const { models, missing } = await this.#source.list(this.#closed.signal).catch(nothingListed);
    if (this.#closed.signal.aborted) return;
    this.#missing = missing;
    if (missing.some(({ action }) => neededLists.includes(action))) this.#catalogue = await this.#source.catalogue();
    if (models.length > 0 || missing.length === 0) {
      this.#listed = models;
      void this.#memory.keepList(this.#source.place, models);
    }
    this.#quickPick.busy = false;
    this.#show();
  }

  async #toggle({ model }: ModelItem): Promise<void> {
    if (model === undefined) return;
    await this.#memory.toggleFavourite(model.id);
    await this.#describeOwn();
  }

  /** Asked only of what is looked at, since AWS has no list of it. */
  async #look(item: ModelItem | undefined): Promise<void> {
    const { model } = item ?? {};
    if (model === undefined || this.#access.has(model.id) || !this.#source.isListed) return;
    this.#access.set(model.id, "unknown");
    const access = await this.#source.access(model, this.#closed.signal);
    this.#access.set(model.id, access);
    if (access !== "available" && access !== "unknown") this.#show();
  }

  #models(): readonly PickableModel[] {
    const all = [...this.#listed, ...this.#own, ...(this.#catalogue?.models ?? [])];
    // The first of an id is the one that knows most of it.
    return [...new Map(all.toReversed().map((model) => [model.id, model])).values()].toReversed();
  }

  #show(): void {
    if (this.#closed.signal.aborted) return;
    const models = this.#models();
    const rows = pickerRows({
      current: this.#current,
      favourites: this.#memory.favourites,
      recents: this.#memory.recents,
      models,
      access: this.#access,
      missing: this.#missing,
      pricesDate: this.#source.pricesDate,
      catalogueDate: this.#catalogue?.date,
    });
    const quickPick = this.#quickPick;
    const active = quickPick.activeItems[0]?.model?.id;
    const typed = this.#typedItems(models);
    const items = [
      ...typed,
      ...rows.map(toItem),
      ...(this.#source.isListed ? [] : [gatewayItem()]),
      separator(t("Without AWS")),
      demoItem(),
    ];
    quickPick.keepScrollPosition = true;
    quickPick.items = items;
    const again = typed.length > 0 ? undefined : items.find(({ model }) => model !== undefined && model.id === active);
    if (again !== undefined) quickPick.activeItems = [again];
  }

  /** Anything typed that is no listed id is offered as one. */
  #typedItems(models: readonly PickableModel[]): readonly ModelItem[] {
    const typed = typedModel(this.#quickPick.value, !this.#source.isListed);
    if (typed.kind === "filter") return [];
    if (typed.kind === "wrong") {
      return [{ label: `$(warning) ${typed.why}`, alwaysShow: true, choice: { kind: "none" } }];
    }
    const { id } = typed;
    if (models.some((model) => model.id === id)) return [];
    return [{ label: t('Use "{0}"', id), alwaysShow: true, isTyped: true, choice: { kind: "model", id } }];
  }
}

function toItem(row: PickerRow): ModelItem {
  switch (row.kind) {
    case "separator":
      return separator(row.label);
    case "retry":
      return { label: row.label, detail: row.detail, alwaysShow: true, choice: { kind: "retry" } };
    case "copy":
      return { label: row.label, detail: row.detail, choice: { kind: "copy", text: row.text } };
    case "model": {
      const { model, label, description, detail, isFavourite } = row;
      const star = {
        iconPath: new vscode.ThemeIcon(isFavourite ? "star-full" : "star-empty"),
        tooltip: isFavourite ? t("Remove from Favourites") : t("Add to Favourites"),
      };
      return { label, description, detail, buttons: [star], model, choice: { kind: "model", id: model.id } };
    }
  }
}

function separator(label: string): ModelItem {
  return { label, kind: vscode.QuickPickItemKind.Separator, choice: { kind: "none" } };
}

async function copyActions(text: string): Promise<void> {
  await vscode.env.clipboard.writeText(text);
  vscode.window.setStatusBarMessage(t("Outcrop: the IAM actions were copied."), 5_000);
}

/** Where nothing could be asked, every list is missing for the one reason. */
function nothingListed(error: unknown): ListedModels {
  const message = error instanceof Error ? error.message : String(error);
  return { models: [], missing: neededLists.map((action) => ({ action, isDenied: false, message })) };
}
