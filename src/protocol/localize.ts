import { config, t } from "@vscode/l10n";

/**
 * The text in VS Code's display language, or as it is written where no bundle has it; `{0}`, `{1}` … stand for the values.
 * The first argument is a literal, which `npm run l10n` finds; where it cannot be one, the texts are marked with `text`.
 */
export { t };

/** Marks a literal of a table for translation; `t` is asked where the text is shown. Not what a model reads. */
export function text<const Text extends string>(literal: Text): Text {
  return literal;
}

/** Chooses between two texts whose `{0}` is the number, as the language writes it. */
export function plural(count: number, one: string, many: string): string {
  return t(count === 1 ? one : many, formatNumber(count));
}

let language: string | undefined;
/** Made once: making one takes longer than a hundred uses. */
let numbers: Intl.NumberFormat | undefined;
/** By their digits. */
const currencies = new Map<string, Intl.NumberFormat>();

/** Before any text is asked for. `bundle`: translations by English text; undefined: English. */
export function setLanguage(
  displayLanguage: string | undefined,
  bundle: Readonly<Record<string, string>> | undefined,
): void {
  language = displayLanguage;
  numbers = undefined;
  currencies.clear();
  if (bundle !== undefined) config({ contents: { ...bundle } });
}

/** VS Code's display language, a BCP 47 tag; undefined: the machine's. For `Intl`. */
export function displayLanguage(): string | undefined {
  return language;
}

export function formatNumber(value: number): string {
  numbers ??= new Intl.NumberFormat(language);
  return numbers.format(value);
}

/** US dollars, as `$0.26` or `0,26 $`: with up to `most` digits after the point, of which zeros past `least` are left out. */
export function formatDollars(dollars: number, most = 2, least = most): string {
  const key = `${least} ${most}`;
  let format = currencies.get(key);
  if (format === undefined) {
    format = new Intl.NumberFormat(language, {
      ...{ style: "currency", currency: "USD", currencyDisplay: "narrowSymbol", useGrouping: false },
      ...{ minimumFractionDigits: least, maximumFractionDigits: most },
    });
    currencies.set(key, format);
  }
  return format.format(Number(dollars.toFixed(most)));
}
