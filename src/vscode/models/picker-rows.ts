import { displayLanguage, formatDollars, t, text } from "../../protocol/localize.ts";
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
  /** The day of the prices, which is shown above the rows. */
  readonly pricesDate: string;
  /** The day of the catalogue whose models are among `models`. */
  readonly catalogueDate: string | undefined;
}

const groupLabels: readonly (readonly [PickableGroup, string])[] = [
  ["yours", text("Your inference profiles")],
  ["geographic", text("Geographic inference profiles")],
  ["global", text("Global inference profiles")],
  ["on-demand", text("On demand, in this region")],
  ["bought", text("Provisioned and imported models")],
  ["router", text("Prompt routers")],
];

const accessWords: Readonly<Record<ModelAccess, string | undefined>> = {
  available: undefined,
  unknown: undefined,
  "no-agreement": text("no access yet: accept its terms under Model access in the Amazon Bedrock console"),
  "not-authorized": text("no access: the account is not authorized for it"),
  "not-in-region": text("not offered in this region"),
};

const featureWords: Readonly<Record<PickableModel["features"][number], string>> = {
  caching: text("caching"),
  thinking: text("thinking"),
  images: text("images"),
  tools: text("tools"),
};

/** Favourites, the one in use and what was used last come first, once each; then the groups, and at the end what is missing. */
export function pickerRows(state: PickerState): readonly PickerRow[] {
  const byId = new Map(state.models.map((model) => [model.id, model]));
  const known = (ids: readonly string[]): readonly PickableModel[] => ids.flatMap((id) => byId.get(id) ?? []);
  const last = new Set([state.current ?? [], state.recents].flat());
  const recents = [...last].filter((id) => !state.favourites.includes(id));
  const first = new Set([...state.favourites, ...recents]);
  const rest = state.models.filter(({ id }) => !first.has(id));
  const catalogue = t("Catalogue of {0}, access not known", state.catalogueDate ?? t("unknown date"));
  return [
    ...section(t("Favourites"), known(state.favourites), state),
    ...section(t("Recently used"), known(recents), state),
    ...[...groupLabels, ["catalogue", catalogue] as const].flatMap(([group, label]) =>
      section(
        t(label),
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

function modelRow(model: PickableModel, { current, favourites, access, pricesDate }: PickerState): PickerRow {
  const blocked = model.blocked === undefined ? undefined : t("blocked by outcrop.allowedRegions: {0}", model.blocked);
  const words = accessWords[access.get(model.id) ?? "unknown"];
  const trouble = blocked ?? (words && t(words));
  const icon = trouble === undefined ? (model.id === current ? "$(check) " : "") : "$(circle-slash) ";
  return {
    kind: "model",
    model,
    label: `${icon}${model.name}`,
    description: model.id === model.name ? "" : model.id,
    detail: trouble === undefined ? factsOf(model, pricesDate) : sentence(trouble),
    isFavourite: favourites.includes(model.id),
  };
}

/**
 * `200K context · $3 in, $15 out · caching ($0.30 read, $3.75 write), tools · us-east-1`: prices per 1M tokens, with their
 * day where it is not `pricesDate`. What is not known is left out.
 */
export function factsOf({ contextTokens, price, features, destinations }: PickableModel, pricesDate?: string): string {
  const { date = pricesDate } = price ?? {};
  const parts = [
    contextTokens === undefined ? undefined : t("{0} context", shortCount(contextTokens)),
    price === undefined ? t("price unknown") : t("{0} in, {1} out", rate(price.input), rate(price.output)),
    date === pricesDate ? undefined : t("prices of {0}", date ?? ""),
    features.map((feature) => (feature === "caching" ? cachingOf(price) : t(featureWords[feature]))).join(", "),
    destinations,
  ];
  return parts.filter((part) => part !== undefined && part !== "").join(" · ");
}

/** With what it costs to read from the cache and to write to it, for five minutes. */
function cachingOf({ cacheRead, cacheWrite }: Partial<NonNullable<PickableModel["price"]>> = {}): string {
  if (cacheRead === undefined) return t(featureWords.caching);
  return cacheWrite === undefined
    ? t("caching ({0} read)", rate(cacheRead))
    : t("caching ({0} read, {1} write)", rate(cacheRead), rate(cacheWrite));
}

function missingNotes(missing: readonly MissingList[]): readonly PickerRow[] {
  const denied = missing.filter(({ isDenied }) => isDenied).map(({ action }) => action);
  const failures = missing.filter(({ isDenied }) => !isDenied);
  const [failed] = failures;
  const notes: readonly (PickerRow | false)[] = [
    failed !== undefined && {
      kind: "retry",
      label:
        failures.length > 1
          ? t("$(refresh) The models could not be listed: try again")
          : t("$(refresh) Some models could not be listed: try again"),
      detail: failed.message,
    },
    denied.length > 0 && {
      kind: "copy",
      label: t("$(info) Your IAM policy leaves models out of this list: copy the actions that it lacks"),
      detail: denied.join(", "),
      text: denied.join("\n"),
    },
  ];
  return notes.filter((note) => note !== false);
}

/** `200K`, `1M`, `1.1M`. */
function shortCount(tokens: number): string {
  const maximumFractionDigits = tokens >= 1_000_000 ? 1 : 0;
  return new Intl.NumberFormat(displayLanguage(), { notation: "compact", maximumFractionDigits }).format(tokens);
}

/** Cents, or up to five places where a cheap model's rate needs them. */
function rate(dollars: number): string {
  const exact = Number(dollars.toFixed(5));
  if (Number.isInteger(exact)) return formatDollars(exact, 0);
  return Number(exact.toFixed(2)) === exact ? formatDollars(exact) : formatDollars(exact, 5, 0);
}

function sentence(text: string): string {
  return text.charAt(0).toUpperCase() + text.slice(1);
}
