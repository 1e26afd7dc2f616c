import { checklists } from "./checklists.mjs";

/** @typedef {import("./checklists.mjs").Checklist} Checklist */

/** An id of any checklist: a test may show lines of several. */
const anyId = `(?:${checklists.map(({ idPattern }) => idPattern.source).join("|")})`;
const separator = String.raw`[\s,:]+`;

const idsAtStart = new RegExp(`^(?:${anyId}(?:${separator}|$))+`);
const numberedText = new RegExp(`(["'\`])(${anyId}(?:${separator}(?:(?!\\1).)*)?)\\1`, "g");

/** The lines of the checklist that a name begins with. @param {Checklist} checklist @param {string} name @returns {readonly string[]} */
export function idsInName({ idPattern }, name) {
  const own = new RegExp(`^${idPattern.source}$`);
  const ids = idsAtStart.exec(name)?.[0].split(new RegExp(separator)) ?? [];
  return [...new Set(ids.filter((id) => own.test(id)))];
}

/** The names in a test's source that begin with lines of the checklist. @param {Checklist} checklist @param {string} source @returns {readonly string[]} */
export function namesInSource(checklist, source) {
  return [...source.matchAll(numberedText)]
    .map(([, , name = ""]) => name)
    .filter((name) => idsInName(checklist, name).length > 0);
}
