import { t } from "../../protocol/localize.ts";
import { type ArgumentCheck, type ReadPath, readsOf, refuse } from "./argument-check.ts";
import type { FlagValue, OptionsTable } from "./program-table.ts";
import type { CommandWord } from "./simple-command.ts";
import { isOfKind, type ValueKind } from "./value-kinds.ts";

/** Options as GNU programs and git take them: exact names only (no abbreviations), short ones together, `--` ends them. */
export function checkOptions(table: OptionsTable, words: readonly CommandWord[]): ArgumentCheck {
  return new OptionChecker(table, words).check();
}

class OptionChecker {
  readonly #table: OptionsTable;
  readonly #words: readonly CommandWord[];
  readonly #given = new Set<string>();
  readonly #reads: ReadPath[] = [];
  readonly #positionals: { readonly word: CommandWord; readonly isAfterDashes: boolean }[] = [];
  #index = 0;

  constructor(table: OptionsTable, words: readonly CommandWord[]) {
    this.#table = table;
    this.#words = words;
  }

  check(): ArgumentCheck {
    return this.#sortWords() ?? this.#checkPositionals() ?? { kind: "safe", reads: this.#reads.map(this.#deepen) };
  }

  #sortWords(): ArgumentCheck | undefined {
    let isAfterDashes = false;
    for (let word = this.#next(); word !== undefined; word = this.#next()) {
      const isPositional = isAfterDashes || !word.text.startsWith("-") || word.text === "-" || this.#optionsEnded();
      if (isPositional) this.#positionals.push({ word, isAfterDashes });
      else if (word.text === "--") isAfterDashes = true;
      else {
        const problem = word.text.startsWith("--") ? this.#takeLong(word) : this.#takeShort(word);
        if (problem !== undefined) return problem;
      }
    }
    return undefined;
  }

  #optionsEnded(): boolean {
    return this.#table.flagsComeFirst && this.#positionals.length > 0;
  }

  #takeLong(word: CommandWord): ArgumentCheck | undefined {
    const [name = "", ...rest] = word.text.split("=");
    const flag = this.#flag(name);
    if (flag === undefined) return this.#unknown(word);
    this.#given.add(name);
    if (rest.length === 0) return flag.isOptional ? undefined : this.#takeValues(word, flag.kinds);
    const [kind, ...more] = flag.kinds;
    if (kind === undefined || more.length > 0) return refuse(word, t("takes no value"));
    return this.#checkValue({ text: rest.join("="), position: word.position }, kind, name);
  }

  #takeShort(word: CommandWord): ArgumentCheck | undefined {
    const whole = this.#flag(word.text);
    if (whole !== undefined) {
      this.#given.add(word.text);
      return this.#takeValues(word, whole.kinds);
    }
    if (this.#table.numbersAreFlags && /^-\d+$/.test(word.text)) return undefined;
    for (let at = 1; at < word.text.length; at++) {
      const name = `-${word.text[at]}`;
      const flag = this.#flag(name);
      if (flag === undefined || flag.isOptional || flag.kinds.length > 1) return this.#unknown(word);
      this.#given.add(name);
      const [kind] = flag.kinds;
      if (kind === undefined) continue;
      const rest = word.text.slice(at + 1);
      if (rest === "") return this.#takeValues(word, flag.kinds);
      return this.#checkValue({ text: rest, position: word.position }, kind, name);
    }
    return undefined;
  }

  #takeValues(flag: CommandWord, kinds: readonly ValueKind[]): ArgumentCheck | undefined {
    for (const kind of kinds) {
      const value = this.#next();
      if (value === undefined) return refuse(flag, t("lacks its value"));
      const problem = this.#checkValue(value, kind, flag.text);
      if (problem !== undefined) return problem;
    }
    return undefined;
  }

  #checkValue(value: CommandWord, kind: ValueKind, owner: string): ArgumentCheck | undefined {
    if (!isOfKind(value.text, kind)) return refuse(value, t("is not what {0} takes", owner));
    this.#reads.push(...readsOf(value, kind));
    return undefined;
  }

  #checkPositionals(): ArgumentCheck | undefined {
    const { onlyWith, atLeast, first, firstGivenBy, rest, afterDashes } = this.#table.positionals;
    const isFirstGiven = this.#isGiven(firstGivenBy);
    const kinds = isFirstGiven ? [] : first;
    for (const [index, { word, isAfterDashes }] of this.#positionals.entries()) {
      if (onlyWith !== undefined && !this.#isGiven(onlyWith))
        return refuse(word, t("needs {0}", onlyWith.join(t(" or "))));
      const kind = (isAfterDashes ? afterDashes : undefined) ?? kinds[index] ?? rest;
      const { program } = this.#table;
      if (kind === undefined) return refuse(word, t("is one word more than {0} takes to be safe", program));
      const problem = this.#checkValue(word, kind, program);
      if (problem !== undefined) return problem;
    }
    if (!isFirstGiven && this.#positionals.length < atLeast) {
      const position = this.#words.at(-1)?.position ?? 0;
      return { kind: "refused", reason: t("{0} lacks a word", this.#table.program), position };
    }
    if (this.#positionals.length <= kinds.length) this.#readCurrentFolder();
    this.#readTracked();
    return undefined;
  }

  #readTracked(): void {
    const { printsTracked } = this.#table;
    if (printsTracked !== "always" && !this.#isGiven(printsTracked)) return;
    this.#reads.push({ text: ".", position: this.#words[0]?.position ?? 0, depth: "tracked", isOfRepository: false });
  }

  #readCurrentFolder(): void {
    const { treeFlags, currentFolder } = this.#table;
    const named = currentFolder === "names" ? "itself" : currentFolder;
    const depth = this.#isGiven(treeFlags) ? "tree" : named;
    if (depth === undefined) return;
    this.#reads.push({ text: ".", position: this.#words[0]?.position ?? 0, depth, isOfRepository: false });
  }

  #isGiven(names: readonly string[]): boolean {
    return names.some((name) => this.#given.has(name));
  }

  readonly #deepen = (read: ReadPath): ReadPath =>
    this.#isGiven(this.#table.treeFlags) ? { ...read, depth: "tree" } : read;

  #flag(name: string): FlagValue | undefined {
    return Object.hasOwn(this.#table.flags, name) ? this.#table.flags[name] : undefined;
  }

  #unknown(word: CommandWord): ArgumentCheck {
    const { program, subcommand } = this.#table;
    const owner = subcommand === undefined ? program : `${program} ${subcommand}`;
    return refuse(word, t("is not on the list of safe flags of {0}", owner));
  }

  #next(): CommandWord | undefined {
    return this.#words[this.#index++];
  }
}
