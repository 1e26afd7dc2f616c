import type { MissingList, ModelAccess, PickableGroup, PickableModel } from "./model-source.ts";

/** What the picker shows, top to bottom. */
export type PickerRow =
  | { readonly kind: "separator"; readonly label: string }
  | {
      readonly kind: "model";
      readonly model: PickableModel;
      readonly label: string;
      readonly description: string;
      readonly detail: string;
      readonly isFavourite: boolean;
    }
  /** Reads the lists again. */
  | { readonly kind: "retry"; readonly label: string; readonly detail: string }
  /** Copies IAM actions, for whoever may allow them. */
  | { readonly kind: "copy"; readonly label: string; readonly detail: string; readonly text: string };

export interface PickerState {
  readonly current: string | undefined;
  readonly favourites: readonly string[];
  readonly recents: readonly string[];
  readonly models: readonly PickableModel[];
  readonly access: ReadonlyMap<string, ModelAccess>;
  readonly missing: readonly MissingList[];
  /** The day of the catalogue whose models are among `models`. */
  readonly catalogueDate: string | undefined;
}

const groupLabels: readonly (readonly [PickableGroup, string])[] = [
  ["yours", "Your inference profiles"],
  ["geographic", "Geographic inference profiles"],
  ["global", "Global inference profiles"],
  ["on-demand", "On demand, in this region"],
  ["bought", "Provisioned and imported models"],
  ["router", "Prompt routers"],
];

const accessWords: Readonly<Record<ModelAccess, string | undefined>> = {
  available: undefined,
  unknown: undefined,
  "no-agreement": "no access yet: accept its terms under Model access in the Amazon Bedrock console",
  "not-authorized": "no access: the account is not authorized for it",
  "not-in-region": "not offered in this region",
};

/** Favourites, the one in use and what was used last come first, once each; then the groups, and at the end what is missing. */
export function pickerRows(state: PickerState): readonly PickerRow[] {
  const byId = new Map(state.models.map((model) => [model.id, model]));
  const known = (ids: readonly string[]): readonly PickableModel[] => ids.flatMap((id) => byId.get(id) ?? []);
  const last = new Set([state.current ?? [], state.recents].flat());
  const recents = [...last].filter((id) => !state.favourites.includes(id));
  const first = new Set([...state.favourites, ...recents]);
  const rest = state.models.filter(({ id }) => !first.has(id));
  const catalogue = `Catalogue of ${state.catalogueDate ?? "unknown date"}, access not known`;
  return [
    ...section("Favourites", known(state.favourites), state),
    ...section("Recently used", known(recents), state),
    ...[...groupLabels, ["catalogue", catalogue] as const].flatMap(([group, label]) =>
      section(
        label,
        rest.filter((model) => model.group === group),
        state,
      ),
    ),
    ...missingNotes(state.missing),
  ];
}

function section(label: string, models: readonly PickableModel[], state: PickerState): readonly PickerRow[] {
  if (models.length === 0) return [];
  return [{ kind: "separator", label }, ...models.map((model) => modelRow(model, state))];
}

function modelRow(model: PickableModel, { current, favourites, access }: PickerState): PickerRow {
  const blocked = model.blocked === undefined ? undefined : `blocked by outcrop.allowedRegions: ${model.blocked}`;
  const trouble = blocked ?? accessWords[access.get(model.id) ?? "unknown"];
  const icon = trouble === undefined ? (model.id === current ? "$(check) " : "") : "$(circle-slash) ";
  return {
    kind: "model",
    model,
    label: `${icon}${model.name}`,
    description: model.id === model.name ? "" : model.id,
    detail: trouble === undefined ? factsOf(model) : sentence(trouble),
    isFavourite: favourites.includes(model.id),
  };
}

/** `200K context · $3 in, $15 out · caching, tools · us-east-1`, prices per 1M tokens; what is not known is left out. */
export function factsOf({ contextTokens, price, features, destinations }: PickableModel): string {
  const parts = [
    contextTokens === undefined ? undefined : `${shortCount(contextTokens)} context`,
    price === undefined ? "price unknown" : `$${rate(price.input)} in, $${rate(price.output)} out`,
    features.join(", "),
    destinations,
  ];
  return parts.filter((part) => part !== undefined && part !== "").join(" · ");
}

function missingNotes(missing: readonly MissingList[]): readonly PickerRow[] {
  const denied = missing.filter(({ isDenied }) => isDenied).map(({ action }) => action);
  const failures = missing.filter(({ isDenied }) => !isDenied);
  const [failed] = failures;
  const notes: readonly (PickerRow | false)[] = [
    failed !== undefined && {
      kind: "retry",
      label: `$(refresh) ${failures.length > 1 ? "The" : "Some"} models could not be listed: try again`,
      detail: failed.message,
    },
    denied.length > 0 && {
      kind: "copy",
      label: "$(info) Your IAM policy leaves models out of this list: copy the actions that it lacks",
      detail: denied.join(", "),
      text: denied.join("\n"),
    },
  ];
  return notes.filter((note) => note !== false);
}

function shortCount(tokens: number): string {
  return tokens >= 1_000_000 ? `${rounded(tokens / 1_000_000)}M` : `${Math.round(tokens / 1_000)}K`;
}

function rounded(value: number): string {
  return Number(value.toFixed(1)).toString();
}

/** Cents, or up to four places where a cheap model's rate needs them. */
function rate(dollars: number): string {
  const exact = Number(dollars.toFixed(4));
  if (Number.isInteger(exact)) return exact.toString();
  return Number(exact.toFixed(2)) === exact ? exact.toFixed(2) : exact.toString();
}

function sentence(text: string): string {
  return text.charAt(0).toUpperCase() + text.slice(1);
}
