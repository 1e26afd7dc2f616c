import { t } from "../../protocol/localize.ts";
import { type ArgumentCheck, type ReadPath, readsOf, refuse } from "./argument-check.ts";
import { checkOptions } from "./check-options.ts";
import type { ExpressionTable, FormsTable, ProgramTable } from "./program-table.ts";
import type { CommandWord } from "./simple-command.ts";
import { isOfKind, isValueKind } from "./value-kinds.ts";

/** Whether each of the words after a program (and its sub-command) is on the program's list. */
export function checkArguments(table: ProgramTable, words: readonly CommandWord[]): ArgumentCheck {
  switch (table.style) {
    case "options":
      return checkOptions(table, words);
    case "expression":
      return checkExpression(table, words);
    case "forms":
      return checkForms(table, words);
    case "anything":
      return { kind: "safe", reads: [] };
  }
}

function checkExpression(table: ExpressionTable, words: readonly CommandWord[]): ArgumentCheck {
  const firstOfExpression = words.findIndex(({ text }) => /^[-(!)]/.test(text));
  const places = firstOfExpression === -1 ? words : words.slice(0, firstOfExpression);
  const wrong = places.find(({ text }) => !isOfKind(text, "path"));
  if (wrong !== undefined) return refuse(wrong, t("is no path"));
  const here: CommandWord = { text: ".", position: words[0]?.position ?? 0 };
  const reads = (places.length > 0 ? places : [here]).flatMap((word) => readsOf(word, "path"));
  const expression = checkWords(table, words.slice(places.length));
  return expression.kind === "safe" ? { kind: "safe", reads: [...reads, ...expression.reads] } : expression;
}

function checkWords(table: ExpressionTable, words: readonly CommandWord[]): ArgumentCheck {
  const reads: ReadPath[] = [];
  const rest = words.values();
  for (const word of rest) {
    const flag = Object.hasOwn(table.flags, word.text) ? table.flags[word.text] : undefined;
    if (flag === undefined) return refuse(word, t("is not on the list of safe words of {0}", table.program));
    for (const kind of flag.kinds) {
      const { value } = rest.next();
      if (value === undefined) return refuse(word, t("lacks its value"));
      if (!isOfKind(value.text, kind)) return refuse(value, t("is not what {0} takes", word.text));
      reads.push(...readsOf(value, kind));
    }
  }
  return { kind: "safe", reads };
}

function checkForms(table: FormsTable, words: readonly CommandWord[]): ArgumentCheck {
  for (const form of table.forms) {
    const reads = matchForm(form, words);
    if (reads !== undefined) return { kind: "safe", reads };
  }
  const [first = { text: table.program, position: 0 }] = words;
  return refuse(first, t("makes none of the shapes of {0} that are safe", table.program));
}

function matchForm(form: readonly string[], words: readonly CommandWord[]): readonly ReadPath[] | undefined {
  if (form.length !== words.length) return undefined;
  const reads: ReadPath[] = [];
  for (const [index, shape] of form.entries()) {
    const word = words[index];
    const kind = /^<(.+)>$/.exec(shape)?.[1];
    if (word === undefined) return undefined;
    if (kind === undefined) {
      if (word.text !== shape) return undefined;
    } else if (isValueKind(kind) && isOfKind(word.text, kind)) reads.push(...readsOf(word, kind));
    else return undefined;
  }
  return reads;
}
